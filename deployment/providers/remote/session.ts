import { setTimeout as pause } from 'node:timers/promises';
import type { HttpAnswer } from '../../../core/http/http.ts';
import { withinLimits } from '../../../core/http/within-limits.ts';
import type { Session } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { accountProblem } from '../../../schemas/suite/target-file.ts';
import { askWithPassword } from '../../accounts/login.ts';
import { call, objectOrNothing } from '../../accounts/matrix-call.ts';
import type { Connection } from './connection.ts';
import type { PoolAccount, TargetSource } from './read-target.ts';
import { loginRefused, noHomeserver, otherThanWritten, tokenRefused } from './refusals.ts';

export interface SessionOptions {
  readonly source: TargetSource;
  readonly connection: Pick<Connection, 'send' | 'homeserverUrl'>;
  onLimited?(waitMs: number): void;
}

/** A target may ask for patience; longer than this, a check cannot wait. */
const loginPatienceMs = 120_000;

/** A new device. What the target refuses is told by the key of the target file that is to be corrected. */
export async function logIn(
  { source, connection, onLimited }: SessionOptions,
  { userId, password }: Extract<PoolAccount, { password: string }>,
  deviceName: string,
): Promise<Session> {
  const { send, homeserverUrl } = connection;
  const login = { send, homeserverUrl, deviceName, patienceMs: loginPatienceMs, ...(onLimited && { onLimited }) };
  const answer = await askWithPassword(login, userId, password);
  const session = sessionOrNothing(answer);
  if (session === undefined) {
    throw loginRefused(answer, { userId, key: keyOf(source, userId, 'password'), path: source.path });
  }
  await refuseForeign({ source, connection }, session);
  return session;
}

function sessionOrNothing(answer: HttpAnswer): Session | undefined {
  const said = answer.status === 200 ? objectOrNothing(answer) : undefined;
  const { user_id: userId, device_id: deviceId, access_token: accessToken } = said ?? {};
  const isWhole = typeof userId === 'string' && typeof deviceId === 'string' && typeof accessToken === 'string';
  return isWhole ? { userId, deviceId, accessToken } : undefined;
}

/** The target logged somebody in under the name of another server: nothing made there could be found again. */
async function refuseForeign({ source, connection }: SessionOptions, { userId, accessToken }: Session): Promise<void> {
  const { serverName } = source.file;
  if (accountProblem(userId, serverName) === undefined) return;
  const url = `${connection.homeserverUrl}/_matrix/client/v3/logout`;
  await call(connection.send, { method: 'POST', url, token: accessToken, body: {} });
  const place = { key: 'serverName', path: source.path };
  throw new RigError('targetRefused', otherThanWritten(serverName, userId, place));
}

/** Asks whose token it is, so that a wrong one is no violation of whatever is checked with it. */
export async function verifyToken(
  { source, connection }: SessionOptions,
  { userId, deviceId, accessToken }: Extract<PoolAccount, { accessToken: string }>,
): Promise<void> {
  const { path } = source;
  const { homeserverUrl: address, send } = connection;
  const asked = '/_matrix/client/v3/account/whoami';
  const request = { method: 'GET', url: `${address}${asked}`, token: accessToken } as const;
  const answer = await withinLimits(() => call(send, request), { patienceMs: loginPatienceMs, pause });
  if (answer.status === 401 || answer.status === 403) {
    throw tokenRefused(answer, { userId, key: keyOf(source, userId, 'accessToken'), path });
  }
  const said = answer.status === 200 ? objectOrNothing(answer) : undefined;
  if (said === undefined) throw noHomeserver(answer, { address, key: 'homeserverUrl', asked, path });
  const pairs = [
    ['userId', userId, said['user_id']],
    ['deviceId', deviceId, said['device_id'] ?? deviceId],
  ] as const;
  for (const [key, written, found] of pairs) {
    if (written === found) continue;
    const place = { key: keyOf(source, userId, key), path };
    throw new RigError('targetRefused', otherThanWritten(written, String(found), place));
  }
}

function keyOf({ accounts }: TargetSource, userId: string, key: string): string {
  return `/accounts/${accounts.findIndex((account) => account.userId === userId)}/${key}`;
}
