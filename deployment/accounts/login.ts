import { setTimeout as delay } from 'node:timers/promises';
import type { HttpAnswer, HttpSend } from '../../core/http/http.ts';
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
  const end = performance.now() + (options.patienceMs ?? 60_000);
  for (;;) {
    const answer = await call(options.send, request);
    if (answer.status === 200) return sessionFrom(objectIn(answer));
    const waitMs = answer.status === 429 ? retryAfterMs(answer) : Number.POSITIVE_INFINITY;
    if (performance.now() + waitMs > end) throw refused(request, answer, `logging in as ${userOf(flow)}`);
    options.onLimited?.(waitMs);
    await delay(waitMs);
  }
}

function retryAfterMs(answer: HttpAnswer): number {
  const seconds = Number(answer.headers['retry-after']);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1_000;
  const inBody = objectIn(answer)['retry_after_ms'];
  return typeof inBody === 'number' ? inBody : 1_000;
}

function userOf(flow: Record<string, unknown>): string {
  const identifier = flow['identifier'];
  return typeof identifier === 'object' && identifier !== null && 'user' in identifier ? String(identifier.user) : '?';
}
