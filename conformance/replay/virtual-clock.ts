import type { Clock } from '../../core/model/clock.ts';

export interface VirtualClock extends Clock {
  /** Lets the time pass at once, from one event to the next, until the work is done. */
  passUntil<T>(work: Promise<T>): Promise<T>;
}

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** Work that waits for something else than this clock gets this many turns of the event loop. */
const mostIdleTurns = 2_000;

export function createVirtualClock(startMs: number): VirtualClock {
  let now = startMs;
  const timers = new Set<Timer>();
  return {
    now: () => now,
    after: (ms, callback) => {
      const timer = { dueAt: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    passUntil: async (work) => {
      const state = { isDone: false };
      const end = () => {
        state.isDone = true;
      };
      work.then(end, end);
      for (let idleTurns = 0; ; ) {
        await nextTurn();
        if (state.isDone) return work;
        const timer = earliest(timers);
        if (timer === undefined && ++idleTurns > mostIdleTurns)
          throw new Error('waits for something outside the replay');
        if (timer === undefined) continue;
        idleTurns = 0;
        timers.delete(timer);
        now = Math.max(now, timer.dueAt);
        timer.callback();
      }
    },
  };
}

/** After everything that can go on without time passing. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Of several due at the same moment the one set first. */
function earliest(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (first === undefined || timer.dueAt < first.dueAt) first = timer;
  return first;
}
