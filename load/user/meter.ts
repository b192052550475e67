import type { Counter, Counts, Latency, Origin, SecondRecord } from '../scenarios/load-record.ts';

/** Adds up what the users of one VU observe, until it is told once a second. */
export interface Meter {
  count(counter: Counter, by?: number): void;
  fail(kind: string): void;
  record(latency: Latency, ms: number): void;
  changeOnline(by: 1 | -1): void;
  /** Everything since the last call. */
  take(origin: Origin, atMs: number): SecondRecord;
  /** How often `take` was called. */
  readonly taken: number;
}

export function createMeter(): Meter {
  let online = 0;
  let taken = 0;
  let interval = emptyInterval();
  return {
    count: (counter, by = 1) => {
      interval.counters[counter] = (interval.counters[counter] ?? 0) + by;
    },
    fail: (kind) => {
      interval.errors[kind] = (interval.errors[kind] ?? 0) + 1;
    },
    record: (latency, ms) => {
      const counts = interval.latencies.get(latency) ?? new Map<number, number>();
      interval.latencies.set(latency, counts);
      const value = rounded(ms);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    changeOnline: (by) => {
      online += by;
    },
    take: ({ process, vu }, atMs) => {
      const { counters, errors, latencies } = interval;
      interval = emptyInterval();
      const counted = [...latencies].map(([name, counts]): [Latency, Counts] => [name, [...counts].flat()]);
      return {
        type: 'second',
        process,
        vu,
        number: taken++,
        atMs,
        online,
        counters,
        errors,
        latencies: Object.fromEntries(counted),
      };
    },
    get taken() {
      return taken;
    },
  };
}

const emptyInterval = () => ({
  counters: {} as Partial<Record<Counter, number>>,
  errors: {} as Record<string, number>,
  latencies: new Map<Latency, Map<number, number>>(),
});

/** Whole milliseconds below 10 s, tens above: finer than the histogram it goes to. */
function rounded(ms: number): number {
  const whole = Math.max(0, Math.round(ms));
  return whole < 10_000 ? whole : Math.round(whole / 10) * 10;
}
