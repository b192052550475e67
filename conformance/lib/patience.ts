import type { HttpAnswer, HttpRequest } from '../../core/http/http.ts';
import { retryAfterMs } from '../../core/http/retry-after.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { PremiseError } from './premise.ts';

/** Altogether for one request; longer limits leave the question open. */
const longestWaitMs = 90_000;

/** Follows a rate limit as the specification asks of every client: waits as long as the target says, then asks again. Each attempt is recorded. */
export function withPatience<Given extends HttpAnswer>(
  send: (request: HttpRequest) => Promise<Given>,
  clock: Clock,
  held: (ms: number) => void = () => {},
): (request: HttpRequest) => Promise<Given> {
  return async (request) => {
    for (let waitedMs = 0; ; ) {
      const answer = await send(request);
      if (answer.status !== 429) return answer;
      const waitMs = retryAfterMs(answer);
      if (waitMs === undefined || waitedMs + waitMs > longestWaitMs) throw limited(request.method, waitMs);
      waitedMs += waitMs;
      held(waitMs);
      await passing(clock, waitMs, request.signal);
    }
  };
}

/** Ends early when the check is stopped; the next request then tells so. */
function passing(clock: Clock, waitMs: number, signal: AbortSignalLike | undefined): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(waitMs, resolve);
    const stop = () => {
      cancel();
      resolve();
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
  });
}

function limited(method: string, waitMs: number | undefined): PremiseError {
  const wait =
    waitMs === undefined ? 'ohne Wartezeit zu nennen' : `mit einer Wartezeit von ${Math.ceil(waitMs / 1000)} s`;
  return new PremiseError(`Der Server drosselt die Prüfung (${method} → 429, ${wait}); die Frage bleibt offen.`);
}
