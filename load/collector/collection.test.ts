import { expect, test } from 'vitest';
import type { LoadRecord, SecondRecord } from '../scenarios/load-record.ts';
import { createCollection } from './collection.ts';

/** Two processes with two VUs each. */
const slices = [
  { process: 1, firstUser: 0, users: 20 },
  { process: 2, firstUser: 20, users: 20 },
];
const options = { slices, usersPerVu: 10, beginByMs: 900_000, gatherMs: 5_000, rampMs: 2_000, silenceMs: 15_000 };

const second = (process: number, vu: number, number: number): SecondRecord => ({
  ...{ type: 'second', process, vu, number, atMs: 1_000 * number, online: 10, errors: {} },
  counters: { sent: 3 },
  latencies: { delivery: [100 * process, 5] },
});
const end = (process: number, vu: number): LoadRecord => ({ type: 'end', process, vu, seconds: 1 });
const from = (process: number, instance = `pod-${process}`) => ({ process, instance });
const batch = (process: number, vu: number, sequence: number, ...records: LoadRecord[]) => ({
  ...from(process),
  vu,
  sequence,
  records,
});

/** Begun by both at 100 s; measuring begins at 107 s. */
function begun() {
  const collection = createCollection(options);
  for (const process of [1, 2]) collection.begin(from(process), 100_000);
  return collection;
}

const endings = (collection: ReturnType<typeof begun>, nowMs: number) =>
  collection.endedAt(nowMs)?.map(({ process, endedBy }) => `${process} ${endedBy}`);

test('whoever asks first decides when measuring begins, for all', () => {
  const collection = createCollection(options);
  expect(collection.begin(from(2), 100_000)).toBe(107_000);
  expect(collection.begin(from(1), 103_000)).toBe(107_000);
});

test('the run is over when every VU of every process has ended', () => {
  const collection = begun();
  for (const [process, vu] of [
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const) {
    collection.enter(batch(process, vu, 0, second(process, vu, 0), end(process, vu)), 108_000);
  }
  expect(endings(collection, 108_500)).toBeUndefined();
  collection.enter(batch(2, 2, 0, second(2, 2, 0), end(2, 2)), 109_000);
  expect(endings(collection, 109_100)).toEqual(['1 itself', '2 itself']);
  expect(collection.tally.counters.sent).toBe(12);
  expect(collection.tally.histograms.delivery.totalCount).toBe(20);
});

test('a batch that is posted again counts once, also after the end', () => {
  const collection = begun();
  const first = batch(1, 1, 0, second(1, 1, 0));
  expect([collection.enter(first, 108_000), collection.enter(first, 109_000)]).toEqual([true, true]);
  expect(collection.tally.counters.sent).toBe(3);
  collection.stop();
  expect(collection.enter(first, 110_000)).toBe(true);
  expect(collection.enter(batch(1, 1, 1, second(1, 1, 1)), 110_000)).toBe(false);
  expect(collection.tally.counters.sent).toBe(3);
});

test('a process that has not begun when the first people arrive is absent', () => {
  const collection = createCollection(options);
  collection.begin(from(1), 100_000);
  expect(endings(collection, 105_000)).toBeUndefined();
  expect(endings(collection, 105_001)).toEqual(['1 stop', '2 absence']);
});

test('nobody is absent before anybody has begun, unless that takes too long', () => {
  const collection = createCollection(options);
  expect(endings(collection, 900_000)).toBeUndefined();
  expect(endings(collection, 900_001)).toEqual(['1 absence', '2 absence']);
});

test('a process that falls silent ends the run, and the others are told to stop', () => {
  const collection = begun();
  collection.enter(batch(1, 1, 0, second(1, 1, 0)), 114_000);
  expect(endings(collection, 115_000)).toBeUndefined();
  expect(endings(collection, 115_001)).toEqual(['1 stop', '2 silence']);
  expect(collection.enter(batch(1, 1, 1, second(1, 1, 1)), 115_100)).toBe(false);
  expect(collection.begin(from(1), 115_200)).toBeUndefined();
});

test('a process that has ended may be silent', () => {
  const collection = begun();
  for (const vu of [1, 2]) collection.enter(batch(1, vu, 0, end(1, vu)), 108_000);
  collection.enter(batch(2, 1, 0, second(2, 1, 0)), 130_000);
  expect(endings(collection, 131_000)).toBeUndefined();
});

test('a process that was started anew makes the run invalid and takes no part', () => {
  const collection = begun();
  expect(collection.begin(from(2, 'pod-2-again'), 110_000)).toBeUndefined();
  expect(endings(collection, 110_001)).toEqual(['1 stop', '2 restart']);
  expect(collection.enter({ ...batch(2, 1, 0, second(2, 1, 0)), instance: 'pod-2-again' }, 110_100)).toBe(false);
  expect(collection.tally.counters.sent).toBeUndefined();
});

test('nobody begins when it is no longer allowed; who has begun is not asked again', () => {
  let mayBegin = false;
  const late = createCollection({ ...options, mayBegin: () => mayBegin });
  expect(late.begin(from(1), 100_000)).toBeUndefined();
  expect(endings(late, 100_000)).toEqual(['1 absence', '2 absence']);
  mayBegin = true;
  const timely = createCollection({ ...options, mayBegin: () => mayBegin });
  timely.begin(from(1), 100_000);
  mayBegin = false;
  expect(timely.begin(from(2), 101_000)).toBe(107_000);
});

test('who belongs to no slice, or tells before it has begun, is refused', () => {
  const collection = createCollection(options);
  expect(collection.begin(from(3), 100_000)).toBeUndefined();
  expect(collection.enter(batch(1, 1, 0, second(1, 1, 0)), 100_000)).toBe(false);
});
