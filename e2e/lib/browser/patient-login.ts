import { setTimeout as pause } from 'node:timers/promises';
import type { HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { withinLimits } from '../../../core/http/within-limits.ts';

/** Longer than this no view waits for its person to be let in. */
const patienceMs = 45_000;

/** Checks that ran before may have used up what the target grants one address; a person would wait and try again, so the login waits here. */
export function withPatientLogin(send: HttpSend): HttpSend {
  return (request) => (isLogin(request) ? withinLimits(() => send(request), { patienceMs, pause }) : send(request));
}

const isLogin = ({ method, url }: HttpRequest): boolean =>
  method === 'POST' && new URL(url).pathname.endsWith('/login');
