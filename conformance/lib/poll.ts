import type { Clock } from '../../core/model/clock.ts';
import type { Answer } from './answer.ts';

export interface PollOptions {
  ask(): Promise<Answer>;
  /** True ends the asking. */
  until(answer: Answer): boolean;
  readonly deadlineMs: number;
}

/** How long a deployment of several processes may take until all of them know what one was told. */
export const settlingMs = 5_000;

const betweenMs = 100;

/** Asks again until the condition holds or the deadline is over; resolves with the last answer, which the check then judges. */
export async function poll(clock: Clock, { ask, until, deadlineMs }: PollOptions): Promise<Answer> {
  const endsAt = clock.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (until(answer) || clock.now() >= endsAt) return answer;
    await new Promise<void>((resolve) => clock.after(betweenMs, resolve));
  }
}
