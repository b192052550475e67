import type { Bench, Session } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { parsedJson } from '../../../core/parsed-json.ts';

/** Requests at the administration's port in the administrator's name. */
export interface AdministrationCalls {
  /** An account without a password: nobody can log in to it from outside. */
  createUser(localpart: string): Promise<string>;
  liftLimits(userId: string): Promise<void>;
  mintToken(userId: string): Promise<string>;
  /** Closes the account for good, with what it wrote about itself. */
  deactivate(userId: string): Promise<void>;
  /** Begins to remove a room with everything in it. */
  purgeRoom(roomId: string): Promise<void>;
}

export async function openAdministrationCalls({ accounts, send, target }: Bench): Promise<AdministrationCalls> {
  const { adminUrl, serverName } = target;
  if (adminUrl === undefined) throw new RigError('defect', 'the administration was opened without an adminUrl');
  const { accessToken }: Session = await accounts.session(await accounts.lease('load', 'administrator'));
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const call = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const url = `${adminUrl}/_synapse/admin/${path}`;
    const answer = await send({ method, url, headers, body: JSON.stringify(body), timeoutMs: 60_000 });
    const said = parsedJson(answer.text());
    if (answer.status < 300 && typeof said === 'object' && said !== null) return said as Record<string, unknown>;
    const where = `${method} /_synapse/admin/${path} → ${answer.status} ${answer.text().slice(0, 200)}`;
    throw new RigError('targetRefused', {
      de: `Die Verwaltungsschnittstelle hat abgelehnt: ${where}`,
      en: `The administration refused: ${where}`,
    });
  };
  const users = (userId: string) => `v1/users/${encodeURIComponent(userId)}`;
  return {
    createUser: async (localpart) => {
      const userId = `@${localpart}:${serverName}`;
      await call('PUT', `v2/users/${encodeURIComponent(userId)}`, {});
      return userId;
    },
    liftLimits: async (userId) => {
      await call('POST', `${users(userId)}/override_ratelimit`, { messages_per_second: 0, burst_count: 0 });
    },
    mintToken: async (userId) => {
      const { access_token: token } = await call('POST', `${users(userId)}/login`, {});
      if (typeof token === 'string') return token;
      throw new RigError('targetRefused', `the administration minted no token for ${userId}`);
    },
    deactivate: async (userId) => {
      await call('POST', `v1/deactivate/${encodeURIComponent(userId)}`, { erase: true });
    },
    purgeRoom: async (roomId) => {
      await call('DELETE', `v2/rooms/${encodeURIComponent(roomId)}`, { purge: true, block: false });
    },
  };
}
