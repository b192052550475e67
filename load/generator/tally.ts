import { build, type Histogram } from 'hdr-histogram-js';
import type {
  Counter,
  Counts,
  CrashRecord,
  Latency,
  LoadRecord,
  SecondRecord,
  UserRecord,
} from '../scenarios/load-record.ts';
import { latencies } from '../scenarios/load-record.ts';

/** Everything a run told us, in constant memory but for one entry per user and one per second. */
export interface Tally {
  readonly histograms: Readonly<Record<Latency, Histogram>>;
  readonly counters: Partial<Record<Counter, number>>;
  readonly errors: Record<string, number>;
  readonly users: Map<number, UserRecord>;
  readonly crashes: CrashRecord[];
  readonly vus: Map<number, VuProgress>;
  /** By second since measuring began, over all VUs. */
  readonly seconds: Map<number, SecondTotals>;
  /** By the first second of each interval of `deliveryWindowS`. */
  readonly deliveryWindows: Map<number, Histogram>;
}

export interface VuProgress {
  /** Records came without gap so far. */
  unbroken: boolean;
  seconds: number;
  /** As the VU told at its end. */
  endedAfter?: number;
}

export interface SecondTotals {
  sends: number;
  online: number;
}

export const deliveryWindowS = 5;

/** Three significant digits from 1 ms to an hour. */
export function createHistogram(): Histogram {
  return build({ bitBucketSize: 'packed', highestTrackableValue: 3_600_000, numberOfSignificantValueDigits: 3 });
}

export function createTally(): Tally {
  const histograms = Object.fromEntries(latencies.map((name) => [name, createHistogram()])) as Record<
    Latency,
    Histogram
  >;
  const maps = { users: new Map(), vus: new Map(), seconds: new Map(), deliveryWindows: new Map() };
  return { histograms, counters: {}, errors: {}, crashes: [], ...maps };
}

/** Enters one line of a k6 process. */
export function enterRecord(tally: Tally, record: LoadRecord): void {
  if (record.type === 'second') enterSecond(tally, record);
  else if (record.type === 'user') tally.users.set(record.user, record);
  else if (record.type === 'crash') tally.crashes.push(record);
  else {
    const vu = progressOf(tally, record.vu);
    if (record.type === 'end') vu.endedAfter = record.seconds;
  }
}

function progressOf(tally: Tally, vu: number): VuProgress {
  const progress = tally.vus.get(vu) ?? { unbroken: true, seconds: 0 };
  tally.vus.set(vu, progress);
  return progress;
}

function enterSecond(tally: Tally, record: SecondRecord): void {
  const vu = progressOf(tally, record.vu);
  vu.unbroken &&= record.number === vu.seconds;
  vu.seconds++;
  addTo(tally.counters, record.counters);
  addTo(tally.errors, record.errors);
  for (const name of latencies) addCounts(tally.histograms[name], record.latencies[name] ?? []);
  const second = Math.floor(record.atMs / 1_000);
  const totals = tally.seconds.get(second) ?? { sends: 0, online: 0 };
  totals.sends += record.counters.sends ?? 0;
  totals.online += record.online;
  tally.seconds.set(second, totals);
  const window = Math.floor(second / deliveryWindowS) * deliveryWindowS;
  const delivery = tally.deliveryWindows.get(window) ?? createHistogram();
  tally.deliveryWindows.set(window, delivery);
  addCounts(delivery, record.latencies.delivery ?? []);
}

function addTo(totals: Record<string, number>, added: Readonly<Record<string, number | undefined>>): void {
  for (const [key, value] of Object.entries(added)) totals[key] = (totals[key] ?? 0) + (value ?? 0);
}

function addCounts(histogram: Histogram, counts: Counts): void {
  for (let index = 0; index + 1 < counts.length; index += 2) {
    histogram.recordValueWithCount(Math.min(counts[index] ?? 0, 3_600_000), counts[index + 1] ?? 0);
  }
}
