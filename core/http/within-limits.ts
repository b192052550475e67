import type { HttpAnswer } from './http.ts';
import { retryAfterMs } from './retry-after.ts';

export interface Patience {
  /** Of all waits together. */
  readonly patienceMs: number;
  pause(ms: number): Promise<void>;
  /** Told of every wait a limit imposed. */
  onLimited?(waitMs: number): void;
}

/** When a limit does not say how long it lasts. */
const unsaidMs = 1_000;

/** A target that answers "at once" for ever must not be asked without a break. */
const shortestMs = 50;

/** Asks again after every limit, as long as the target tells to wait; with patience at its end the answer is the refusal. */
export async function withinLimits(
  ask: () => Promise<HttpAnswer>,
  { patienceMs, pause, onLimited }: Patience,
): Promise<HttpAnswer> {
  for (let waitedMs = 0; ; ) {
    const answer = await ask();
    if (answer.status !== 429) return answer;
    const waitMs = Math.max(retryAfterMs(answer) ?? unsaidMs, shortestMs);
    waitedMs += waitMs;
    if (waitedMs > patienceMs) return answer;
    onLimited?.(waitMs);
    await pause(waitMs);
  }
}
