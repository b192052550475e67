import { setTimeout as pause } from 'node:timers/promises';
import type { HttpAnswer, HttpSend } from '../../core/http/http.ts';
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

export async function loginWithPassword(options: LoginOptions, userId: string, password: string): Promise<Session> {
  return sessionIn(options, await askWithPassword(options, userId, password), userId);
}

/** The last answer to that login, whatever it is, for callers with words of their own for a refusal. */
export function askWithPassword(options: LoginOptions, userId: string, password: string): Promise<HttpAnswer> {
  return ask(options, { type: 'm.login.password', identifier: { type: 'm.id.user', user: userId }, password });
}

/** As our application service for one of its users: no password, no limit. */
export async function loginAsService(options: LoginOptions, userId: string, serviceToken: string): Promise<Session> {
  const identifier = { type: 'm.id.user', user: userId };
  const answer = await ask(options, { type: 'm.login.application_service', identifier }, serviceToken);
  return sessionIn(options, answer, userId);
}

/** Waits as long as the server asks for, within the patience; this is what a careful client does, and no hidden second try. */
function ask(options: LoginOptions, flow: Record<string, unknown>, token?: string): Promise<HttpAnswer> {
  const request: MatrixCall = {
    method: 'POST',
    url: loginUrl(options),
    body: { ...flow, initial_device_display_name: options.deviceName },
    ...(token === undefined ? {} : { token }),
  };
  const { send, patienceMs = 60_000, onLimited } = options;
  return withinLimits(() => call(send, request), { patienceMs, pause, ...(onLimited && { onLimited }) });
}

function sessionIn(options: LoginOptions, answer: HttpAnswer, userId: string): Session {
  const request = { method: 'POST', url: loginUrl(options) } as const;
  if (answer.status !== 200) throw refused(request, answer, `logging in as ${userId}`);
  return sessionFrom(objectIn(answer));
}

const loginUrl = ({ homeserverUrl }: LoginOptions): string => `${homeserverUrl}/_matrix/client/v3/login`;
