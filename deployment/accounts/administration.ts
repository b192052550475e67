import { createHmac } from 'node:crypto';
import type { HttpSend } from '../../core/http/http.ts';
import type { Session } from '../../core/model/bench.ts';
import { mustCall, textOf } from './matrix-call.ts';
import { sessionFrom } from './session.ts';

/** What the bench does at the internal port of its own deployment. */
export interface Administration {
  /** Of the administrator's own account. */
  readonly session: Session;
  /** A person's account with a password; every limit applies to it. */
  createUser(localpart: string, password: string): Promise<string>;
  /** Lifts every limit that Synapse keeps by account. */
  liftLimits(userId: string): Promise<void>;
}

export interface AdministrationOptions {
  readonly send: HttpSend;
  readonly adminUrl: string;
  readonly registrationSecret: string;
  /** Local part of the administrator's account the bench makes for itself. */
  readonly administrator: string;
}

/** Registers an administrator with the shared secret: also the proof that the answering homeserver is ours. */
export async function openAdministration(options: AdministrationOptions): Promise<Administration> {
  const { send, adminUrl } = options;
  const own = await registerWithSecret(options, options.administrator, true);
  const session = sessionFrom(own);
  const token = session.accessToken;
  return {
    session,
    createUser: async (localpart, password) => {
      const url = `${adminUrl}/_synapse/admin/v2/users/${encodeURIComponent(`@${localpart}:${serverOf(own)}`)}`;
      const body = { password, admin: false, logout_devices: false };
      return textOf(await mustCall(send, { method: 'PUT', url, token, body }, 'creating an ordinary account'), 'name');
    },
    liftLimits: async (userId) => {
      const url = `${adminUrl}/_synapse/admin/v1/users/${encodeURIComponent(userId)}/override_ratelimit`;
      const body = { messages_per_second: 0, burst_count: 0 };
      await mustCall(send, { method: 'POST', url, token, body }, 'exempting a bench account from limits');
    },
  };
}

const serverOf = (own: Record<string, unknown>): string => textOf(own, 'user_id').replace(/^[^:]*:/, '');

async function registerWithSecret(options: AdministrationOptions, username: string, admin: boolean) {
  const { send } = options;
  const url = `${options.adminUrl}/_synapse/admin/v1/register`;
  const nonce = textOf(await mustCall(send, { method: 'GET', url }, 'opening the administration'), 'nonce');
  const password = createHmac('sha256', options.registrationSecret)
    .update(`password of ${username}`)
    .digest('base64url');
  const signed = [nonce, username, password, admin ? 'admin' : 'notadmin'].join('\0');
  const mac = createHmac('sha1', options.registrationSecret).update(signed).digest('hex');
  return mustCall(
    send,
    { method: 'POST', url, body: { nonce, username, password, admin, mac } },
    'registering an administrator with the shared secret',
  );
}
