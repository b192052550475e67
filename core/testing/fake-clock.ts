import type { Clock } from '../model/clock.ts';

export interface FakeClock extends Clock {
  /** Lets time pass and fires what is due, in order. */
  advance(ms: number): void;
  /** Timers that are neither fired nor cancelled. */
  readonly waiting: number;
}

/** Time that passes only when a test says so. */
export function createFakeClock(startMs = 0): FakeClock {
  let now = startMs;
  const timers = new Set<{ readonly dueAt: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after: (ms, callback) => {
      const timer = { dueAt: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      now += ms;
      for (const timer of [...timers].toSorted((a, b) => a.dueAt - b.dueAt)) {
        if (timer.dueAt > now || !timers.delete(timer)) continue;
        timer.callback();
      }
    },
    get waiting() {
      return timers.size;
    },
  };
}
