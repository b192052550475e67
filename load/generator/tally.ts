import { build, type Histogram } from 'hdr-histogram-js';
import type {
  Counter,
  Counts,
  CrashRecord,
  Latency,
  LoadRecord,
  Origin,
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
  /** By `process/vu`. */
  readonly vus: Map<string, VuProgress>;
  /** By second since measuring began, over all VUs. */
  readonly seconds: Map<number, SecondTotals>;
  readonly deliveryWindowS: number;
  /** By the first second of each interval of `deliveryWindowS`. */
  readonly deliveryWindows: Map<number, Histogram>;
}

/** Times are milliseconds since measuring began. */
export interface VuProgress extends Origin {
  /** Records came without gap so far. */
  unbroken: boolean;
  seconds: number;
  startedAtMs?: number;
  /** By the VU's own clock. */
  lastAtMs: number;
  /** Longest time between two heartbeats. */
  longestGapMs: number;
  /** How much later than told by the VU its heartbeats came, at least and at most. */
  transitMs?: { least: number; most: number };
  /** As the VU told at its end. */
  endedAfter?: number;
}

export interface SecondTotals {
  sends: number;
  polls: number;
  requests: number;
  failed: number;
  online: number;
}

/** The curve of a long run is coarser, so that its memory stays bounded. */
export function deliveryWindowFor(durationS: number): number {
  return Math.max(5, Math.ceil(durationS / 360));
}

/** Three significant digits from 1 ms to an hour, in 57 KB. */
export function createHistogram(): Histogram {
  return build({ bitBucketSize: 32, highestTrackableValue: 3_600_000, numberOfSignificantValueDigits: 3 });
}

export function createTally(deliveryWindowS = 5): Tally {
  const histograms = Object.fromEntries(latencies.map((name) => [name, createHistogram()])) as Record<
    Latency,
    Histogram
  >;
  const maps = { users: new Map(), vus: new Map(), seconds: new Map(), deliveryWindows: new Map() };
  return { histograms, counters: {}, errors: {}, crashes: [], deliveryWindowS, ...maps };
}

/** Enters one line of a k6 process. `cameAtMs`: when it reached us by our own clock, since measuring began. */
export function enterRecord(tally: Tally, record: LoadRecord, cameAtMs?: number): void {
  if (record.type === 'second') enterSecond(tally, record, cameAtMs);
  else if (record.type === 'user') tally.users.set(record.user, record);
  else if (record.type === 'crash') tally.crashes.push(record);
  else if (record.type === 'start') {
    Object.assign(progressOf(tally, record), { startedAtMs: record.atMs, lastAtMs: record.atMs });
  } else progressOf(tally, record).endedAfter = record.seconds;
}

function progressOf(tally: Tally, { process, vu }: Origin): VuProgress {
  const key = `${process}/${vu}`;
  const progress = tally.vus.get(key) ?? { process, vu, unbroken: true, seconds: 0, lastAtMs: 0, longestGapMs: 0 };
  tally.vus.set(key, progress);
  return progress;
}

function enterHeartbeat(vu: VuProgress, { number, atMs }: SecondRecord, cameAtMs: number | undefined): void {
  vu.unbroken &&= number === vu.seconds;
  if (vu.startedAtMs !== undefined) vu.longestGapMs = Math.max(vu.longestGapMs, atMs - vu.lastAtMs);
  vu.seconds++;
  vu.lastAtMs = atMs;
  if (cameAtMs === undefined) return;
  const { least = Number.POSITIVE_INFINITY, most = Number.NEGATIVE_INFINITY } = vu.transitMs ?? {};
  vu.transitMs = { least: Math.min(least, cameAtMs - atMs), most: Math.max(most, cameAtMs - atMs) };
}

function enterSecond(tally: Tally, record: SecondRecord, cameAtMs: number | undefined): void {
  enterHeartbeat(progressOf(tally, record), record, cameAtMs);
  addTo(tally.counters, record.counters);
  addTo(tally.errors, record.errors);
  for (const name of latencies) addCounts(tally.histograms[name], record.latencies[name] ?? []);
  const second = Math.floor(record.atMs / 1_000);
  tally.seconds.set(second, addSecond(tally.seconds.get(second), record));
  const window = Math.floor(second / tally.deliveryWindowS) * tally.deliveryWindowS;
  const delivery = tally.deliveryWindows.get(window) ?? createHistogram();
  tally.deliveryWindows.set(window, delivery);
  addCounts(delivery, record.latencies.delivery ?? []);
}

function addSecond(totals: SecondTotals | undefined, { counters, errors, online }: SecondRecord): SecondTotals {
  return {
    sends: (totals?.sends ?? 0) + (counters.sends ?? 0),
    polls: (totals?.polls ?? 0) + (counters.polls ?? 0),
    requests: (totals?.requests ?? 0) + (counters.requests ?? 0),
    failed: (totals?.failed ?? 0) + Object.values(errors).reduce((sum, count) => sum + count, 0),
    online: (totals?.online ?? 0) + online,
  };
}

function addTo(totals: Record<string, number>, added: Readonly<Record<string, number | undefined>>): void {
  for (const [key, value] of Object.entries(added)) totals[key] = (totals[key] ?? 0) + (value ?? 0);
}

function addCounts(histogram: Histogram, counts: Counts): void {
  for (let index = 0; index + 1 < counts.length; index += 2) {
    histogram.recordValueWithCount(Math.min(counts[index] ?? 0, 3_600_000), counts[index + 1] ?? 0);
  }
}
