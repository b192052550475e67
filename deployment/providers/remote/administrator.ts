import { setTimeout as pause } from 'node:timers/promises';
import { withinLimits } from '../../../core/http/within-limits.ts';
import type { Account, Session } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { call, objectOrNothing } from '../../accounts/matrix-call.ts';
import type { Connection } from './connection.ts';
import type { TargetSource } from './read-target.ts';

export interface Administrator {
  readonly account: Account;
  readonly session: Session;
}

const patienceMs = 120_000;

/** Who the administration's token of the target file belongs to. */
export async function openAdministrator(
  source: TargetSource,
  { send, homeserverUrl }: Connection,
): Promise<Administrator> {
  const { adminToken: token, path } = source;
  if (token === undefined) {
    throw new RigError('accessMissing', {
      de: `In ${path} fehlt „adminToken“; ohne ihn gibt es keinen Zugang zur Verwaltung.`,
      en: `${path} has no "adminToken"; without it there is no access to the administration.`,
    });
  }
  const url = `${homeserverUrl}/_matrix/client/v3/account/whoami`;
  const answer = await withinLimits(() => call(send, { method: 'GET', url, token }), { patienceMs, pause });
  const { user_id: userId, device_id: deviceId } = (answer.status === 200 ? objectOrNothing(answer) : undefined) ?? {};
  if (typeof userId !== 'string') {
    throw new RigError('targetRefused', {
      de: `Das Ziel nimmt „adminToken“ aus ${path} nicht an (Status ${answer.status}).`,
      en: `The target does not accept "adminToken" of ${path} (status ${answer.status}).`,
    });
  }
  const device = typeof deviceId === 'string' ? deviceId : '';
  return { account: { userId, kind: 'administrator' }, session: { userId, deviceId: device, accessToken: token } };
}
