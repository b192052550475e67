import type { Clock } from '../model/clock.ts';
import type { AbortSignalLike } from '../model/family-runtime.ts';
import { RigError } from '../model/rig-error.ts';

export interface Abort {
  readonly signal: AbortSignalLike;
  abort(): void;
}

export interface TimeLimit {
  /** Ends with the work, or with a RigError as soon as the time is over or the run is stopped. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Moves the end by so many ms, altogether by no more than ten minutes. */
  extend(ms: number): void;
  /** Stops the timer and tells whatever still runs to stop. */
  end(): void;
}

interface TimeLimitOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Of the whole run; not fired yet. */
  readonly signal: AbortSignalLike;
  /** Fired at once when the time is over or the run is stopped, so that nothing waits for a hung request. */
  readonly abort: Abort;
}

/** A target that makes everybody wait for ever must not hold the run for ever. */
const mostHeldMs = 600_000;

export function startTimeLimit({ clock, timeoutMs, signal, abort }: TimeLimitOptions): TimeLimit {
  let giveUp: (reason: RigError) => void = () => undefined;
  const over = new Promise<never>((_resolve, reject) => {
    giveUp = (reason) => {
      reject(reason);
      abort.abort();
    };
  });
  // Nobody may be waiting when it fires after the check ended.
  over.catch(() => undefined);
  const stop = () => giveUp(runStopped());
  let endsAt = clock.now() + timeoutMs;
  const latest = endsAt + mostHeldMs;
  const arm = (): (() => void) => clock.after(endsAt - clock.now(), () => giveUp(tooLate(timeoutMs)));
  let cancel = arm();
  signal.addEventListener('abort', stop);
  return {
    race: (work) => Promise.race([work, over]),
    extend: (ms) => {
      cancel();
      endsAt = Math.min(endsAt + ms, latest);
      cancel = arm();
    },
    end: () => {
      cancel();
      signal.removeEventListener('abort', stop);
      abort.abort();
    },
  };
}

const tooLate = (timeoutMs: number) =>
  new RigError('timeout', {
    de: `kein Ergebnis innerhalb von ${timeoutMs} ms`,
    en: `no result within ${timeoutMs} ms`,
  });

export const runStopped = () =>
  new RigError('interrupted', { de: 'der Lauf wurde unterbrochen', en: 'the run was stopped' });
