import { expect, test } from 'vitest';
import { loadMeasurements } from './load-measurements.ts';
import { loadRun } from './load-run.fixture.ts';
import { createTally, enterRecord, type Tally } from './tally.ts';

const second = (vu: number, number: number, own: { atMs?: number; delivery?: number[]; sends?: number } = {}) =>
  ({
    type: 'second',
    process: 1,
    vu,
    number,
    atMs: own.atMs ?? 1_000 * number,
    online: 10,
    counters: { sends: own.sends ?? 1 },
    errors: { 'sync 502': 1 },
    latencies: { delivery: own.delivery ?? [] },
  }) as const;

function tallyOf(...records: readonly Parameters<typeof enterRecord>[1][]): Tally {
  const tally = createTally();
  for (const record of records) enterRecord(tally, record);
  return tally;
}

test('VUs are added up, percentiles are those of the merged whole', () => {
  const { histograms, counters, errors } = tallyOf(
    second(1, 0, { delivery: [100, 90] }),
    second(2, 0, { delivery: [900, 10] }),
  );
  expect(histograms.delivery.totalCount).toBe(100);
  expect([50, 90, 91].map((percentile) => histograms.delivery.getValueAtPercentile(percentile))).toEqual([
    100, 100, 900,
  ]);
  expect(counters.sends).toBe(2);
  expect(errors).toEqual({ 'sync 502': 2 });
});

test('a record that is missing or comes twice breaks the chain of its VU', () => {
  const whole = (tally: Tally) => [...tally.vus.values()].map(({ unbroken }) => unbroken);
  expect(whole(tallyOf(second(1, 0), second(1, 1), second(2, 0)))).toEqual([true, true]);
  expect(whole(tallyOf(second(1, 0), second(1, 2), second(2, 0)))).toEqual([false, true]);
  expect(whole(tallyOf(second(1, 0), second(1, 0)))).toEqual([false]);
});

test('values beyond the histogram’s range are kept at its end and not dropped', () => {
  expect(tallyOf(second(1, 0, { delivery: [9_000_000, 1] })).histograms.delivery.totalCount).toBe(1);
});

test('curves count time from the first arrival', () => {
  const tally = tallyOf(
    second(1, 0, { atMs: -1_500, sends: 0 }),
    second(1, 1, { atMs: 2_500, sends: 4, delivery: [80, 1] }),
    second(2, 0, { atMs: 2_900, sends: 2, delivery: [120, 1] }),
    second(1, 2, { atMs: 7_000, sends: 1, delivery: [300, 1] }),
  );
  const { series = [] } = loadMeasurements(loadRun({ tally }));
  expect(series.map(({ name, points }) => ({ name, points }))).toEqual([
    {
      name: 'Personen online',
      points: [
        [0, 10],
        [4, 20],
        [9, 10],
      ],
    },
    {
      name: 'Gesendete Nachrichten',
      points: [
        [0, 0],
        [4, 6],
        [9, 1],
      ],
    },
    {
      name: 'Zustellzeit P95 je 5 s',
      points: [
        [4.5, 120],
        [9.5, 300],
      ],
    },
  ]);
});
