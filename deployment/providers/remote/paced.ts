import { setTimeout as pause } from 'node:timers/promises';
import type { HttpSend } from '../../../core/http/http.ts';

/** No more than so many requests begin in any second: each keeps its distance from the one before. */
export function paced(send: HttpSend, perSecond: number): HttpSend {
  const distanceMs = 1_000 / perSecond;
  let nextAt = 0;
  return async (request) => {
    const now = performance.now();
    const at = Math.max(now, nextAt);
    nextAt = at + distanceMs;
    if (at > now) await pause(at - now);
    return send(request);
  };
}
