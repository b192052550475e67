import { setTimeout as delay } from 'node:timers/promises';

const patienceMs = 5_000;

/** Things in the order they came, and a way to wait for one. */
export interface Arrivals<T> {
  readonly all: readonly T[];
  add(one: T): void;
  /** The n-th (from 0) that fits, also one from before; undefined when it did not come in time. */
  waitFor(
    fits: (one: T) => boolean,
    options?: { readonly index?: number; readonly deadlineMs?: number | undefined },
  ): Promise<T | undefined>;
}

export function createArrivals<T>(): Arrivals<T> {
  const all: T[] = [];
  let next = Promise.withResolvers<void>();
  return {
    all,
    add: (one) => {
      all.push(one);
      next.resolve();
      next = Promise.withResolvers();
    },
    waitFor: async (fits, { index = 0, deadlineMs = patienceMs } = {}) => {
      using deadline = deadlineIn(deadlineMs);
      for (;;) {
        const found = all.filter(fits)[index];
        if (found !== undefined || deadline.isOver()) return found;
        await Promise.race([next.promise, deadline.over]);
      }
    },
  };
}

function deadlineIn(ms: number) {
  const stop = new AbortController();
  let ended = false;
  const over = delay(ms, undefined, { signal: stop.signal }).then(
    () => {
      ended = true;
    },
    () => {},
  );
  return { over, isOver: () => ended, [Symbol.dispose]: () => stop.abort() };
}
