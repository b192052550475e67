import { decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { Counter, CrashRecord, Latency, UserRecord } from '../scenarios/load-record.ts';
import { latencies } from '../scenarios/load-record.ts';
import { createHistogram, createTally, type SecondTotals, type Tally, type VuProgress } from './tally.ts';

/** A tally as JSON; histograms in HdrHistogram's compressed format, which its tools in other languages read as well. */
export interface TallyFile {
  readonly histograms: Readonly<Record<Latency, string>>;
  readonly counters: Readonly<Partial<Record<Counter, number>>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly users: readonly UserRecord[];
  readonly crashes: readonly CrashRecord[];
  readonly vus: readonly VuProgress[];
  readonly seconds: readonly (readonly [number, SecondTotals])[];
  readonly deliveryWindowS: number;
  readonly deliveryWindows: readonly (readonly [number, string])[];
}

export function tallyFileFrom(tally: Tally): TallyFile {
  const histograms = latencies.map((name) => [name, encodeIntoCompressedBase64(tally.histograms[name])]);
  return {
    histograms: Object.fromEntries(histograms) as Record<Latency, string>,
    counters: { ...tally.counters },
    errors: { ...tally.errors },
    users: [...tally.users.values()],
    crashes: [...tally.crashes],
    vus: [...tally.vus.values()],
    seconds: [...tally.seconds],
    deliveryWindowS: tally.deliveryWindowS,
    deliveryWindows: [...tally.deliveryWindows].map(([from, window]) => [from, encodeIntoCompressedBase64(window)]),
  };
}

export function tallyFrom(file: TallyFile): Tally {
  const tally = createTally(file.deliveryWindowS);
  for (const name of latencies) addHistogram(tally.histograms[name], file.histograms[name]);
  Object.assign(tally.counters, file.counters);
  Object.assign(tally.errors, file.errors);
  for (const user of file.users) tally.users.set(user.user, user);
  tally.crashes.push(...file.crashes);
  for (const vu of file.vus) tally.vus.set(`${vu.process}/${vu.vu}`, { ...vu });
  for (const [second, totals] of file.seconds) tally.seconds.set(second, { ...totals });
  for (const [from, window] of file.deliveryWindows) {
    addHistogram(windowOf(tally, from), window);
  }
  return tally;
}

/** Adds, in windows of the same width, what other processes or machines counted; no sample is lost, and percentiles are those of the whole. */
export function mergeTallies(parts: readonly Tally[]): Tally {
  const whole = createTally(parts[0]?.deliveryWindowS);
  for (const part of parts) addTally(whole, part);
  return whole;
}

function addTally(whole: Tally, part: Tally): void {
  for (const name of latencies) whole.histograms[name].add(part.histograms[name]);
  addNumbers(whole.counters, part.counters);
  addNumbers(whole.errors, part.errors);
  for (const [user, record] of part.users) whole.users.set(user, record);
  whole.crashes.push(...part.crashes);
  for (const [key, vu] of part.vus) whole.vus.set(key, { ...vu });
  for (const [second, totals] of part.seconds) {
    const sum = whole.seconds.get(second) ?? { sends: 0, polls: 0, requests: 0, failed: 0, online: 0 };
    addNumbers(sum, totals);
    whole.seconds.set(second, sum);
  }
  for (const [from, window] of part.deliveryWindows) windowOf(whole, from).add(window);
}

function windowOf(tally: Tally, from: number): Histogram {
  const window = tally.deliveryWindows.get(from) ?? createHistogram();
  tally.deliveryWindows.set(from, window);
  return window;
}

function addHistogram(sum: Histogram, encoded: string): void {
  sum.add(decodeFromCompressedBase64(encoded));
}

type Numbers<Key extends string> = Partial<Record<Key, number>>;

function addNumbers<Key extends string>(sum: Numbers<Key>, added: Readonly<Numbers<Key>>): void {
  for (const key in added) sum[key] = (sum[key] ?? 0) + (added[key] ?? 0);
}
