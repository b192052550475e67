import { setTimeout as pause } from 'node:timers/promises';
import type { HttpSend } from '../../core/http/http.ts';
import { withinLimits } from '../../core/http/within-limits.ts';
import type { Session } from '../../core/model/bench.ts';
import { call, type MatrixCall, objectIn, refused } from './matrix-call.ts';
import { sessionFrom } from './session.ts';

export interface LoginOptions {
  readonly send: HttpSend;
  readonly homeserverUrl: string;
  readonly deviceName: string;
  /** Waiting because of limits ends here; default 60 s. */
  readonly patienceMs?: number;
  /** Told of every wait a limit imposed. */
  onLimited?(waitMs: number): void;
}

export function loginWithPassword(options: LoginOptions, userId: string, password: string): Promise<Session> {
  return login(options, { type: 'm.login.password', identifier: { type: 'm.id.user', user: userId }, password });
}

/** As our application service for one of its users: no password, no limit. */
export function loginAsService(options: LoginOptions, userId: string, serviceToken: string): Promise<Session> {
  const identifier = { type: 'm.id.user', user: userId };
  return login(options, { type: 'm.login.application_service', identifier }, serviceToken);
}

/** Waits as long as the server asks for, within the patience; this is what a careful client does, and no hidden second try. */
async function login(options: LoginOptions, flow: Record<string, unknown>, token?: string): Promise<Session> {
  const request: MatrixCall = {
    method: 'POST',
    url: `${options.homeserverUrl}/_matrix/client/v3/login`,
    body: { ...flow, initial_device_display_name: options.deviceName },
    ...(token === undefined ? {} : { token }),
  };
  const { send, patienceMs = 60_000, onLimited } = options;
  const answer = await withinLimits(() => call(send, request), { patienceMs, pause, ...(onLimited && { onLimited }) });
  if (answer.status !== 200) throw refused(request, answer, `logging in as ${userOf(flow)}`);
  return sessionFrom(objectIn(answer));
}

function userOf(flow: Record<string, unknown>): string {
  const identifier = flow['identifier'];
  return typeof identifier === 'object' && identifier !== null && 'user' in identifier ? String(identifier.user) : '?';
}
