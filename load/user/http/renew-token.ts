import { objectFrom } from '../sync/sync-body.ts';
import { enterTokens, type UserState } from '../user-state.ts';

const timeoutMs = 30_000;

interface Renewed {
  readonly access_token?: string;
  readonly refresh_token?: string;
}

/** True when the device has a new access token. Requests that meet the expiry at the same time share one renewal. */
export function renewToken(user: UserState): Promise<boolean> {
  const tokens = user.tokens;
  if (tokens?.refreshToken === undefined) return Promise.resolve(false);
  tokens.renewing ??= renew(user, tokens.refreshToken).finally(() => {
    tokens.renewing = undefined;
  });
  return tokens.renewing;
}

async function renew(user: UserState, refreshToken: string): Promise<boolean> {
  const { ask, plan, meter, clock } = user.shared;
  const startedAt = clock.now();
  meter.count('requests');
  const { status, body } = await ask({
    method: 'POST',
    url: `${user.row.baseUrl ?? plan.baseUrl}/_matrix/client/v3/refresh`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh_token: refreshToken }),
    name: 'refresh',
    timeoutMs,
    wantsBody: true,
  });
  const renewed = status === 200 ? objectFrom<Renewed>(typeof body === 'string' ? body : undefined) : undefined;
  if (renewed?.access_token === undefined) {
    meter.fail(`refresh ${status === 200 ? 'unreadable' : status}`);
    return false;
  }
  // Kept when none comes, as the specification says.
  enterTokens(user, renewed.access_token, renewed.refresh_token ?? refreshToken);
  meter.record('refreshToken', clock.now() - startedAt);
  meter.record('refreshTokenActual', clock.now() - startedAt);
  return true;
}
