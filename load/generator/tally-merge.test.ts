import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadRecord } from '../scenarios/load-record.ts';
import { createTally, enterRecord, type Tally } from './tally.ts';
import { mergeTallies, tallyFileFrom, tallyFrom } from './tally-merge.ts';

/** Milliseconds and how often, as a VU tells them. */
const counts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4_000_000 }), fc.integer({ min: 1, max: 50 })), { maxLength: 12 })
  .map((pairs) => pairs.flat());

const secondsOf = (process: number) =>
  fc
    .array(
      fc.record({ delivery: counts, send: counts, sends: fc.nat(9), atMs: fc.integer({ min: -9_000, max: 9_000 }) }),
      {
        maxLength: 6,
      },
    )
    .map((seconds) =>
      seconds.map(
        ({ delivery, send, sends, atMs }, number): LoadRecord => ({
          type: 'second',
          process,
          vu: 1,
          number,
          atMs,
          online: 3,
          counters: { sends },
          errors: { 'sync 502': 1 },
          latencies: { delivery, send },
        }),
      ),
    );

function tallyOf(records: readonly LoadRecord[]): Tally {
  const tally = createTally();
  for (const record of records) enterRecord(tally, record);
  return tally;
}

/** Everything but the order in which it came. */
function contentOf(tally: Tally) {
  const { seconds, deliveryWindows, vus, counters, errors, histograms } = tally;
  const figures = Object.values(histograms).map((histogram) => [
    histogram.totalCount,
    ...[50, 90, 95, 99, 99.9, 100].map((percentile) => histogram.getValueAtPercentile(percentile)),
  ]);
  const sorted = <Value>(map: Map<number, Value>) => [...map].toSorted(([a], [b]) => a - b);
  const windows = sorted(deliveryWindows).map(([from, window]) => [
    from,
    window.totalCount,
    window.getValueAtPercentile(95),
  ]);
  return { figures, windows, seconds: sorted(seconds), vus: [...vus].toSorted(), counters, errors };
}

const three = fc.tuple(secondsOf(1), secondsOf(2), secondsOf(3));

test('in whatever groups tallies are merged, the whole is the same as counted by one', () => {
  fc.assert(
    fc.property(three, (records) => {
      const [a, b, c] = records.map(tallyOf) as [Tally, Tally, Tally];
      const whole = contentOf(tallyOf(records.flat()));
      expect(contentOf(mergeTallies([a, b, c]))).toEqual(whole);
      expect(contentOf(mergeTallies([mergeTallies([a, b]), c]))).toEqual(whole);
      expect(contentOf(mergeTallies([a, mergeTallies([c, b])]))).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test('what is written and read back is the same', () => {
  fc.assert(
    fc.property(secondsOf(1), (records) => {
      const tally = tallyOf(records);
      const text = JSON.stringify(tallyFileFrom(tally));
      expect(contentOf(tallyFrom(JSON.parse(text)))).toEqual(contentOf(tally));
    }),
    { numRuns: 20 },
  );
});

test('percentiles are those of the merged whole, not the mean of two', () => {
  const fast = tallyOf([second(1, [100, 99])]);
  const slow = tallyOf([second(2, [900, 1])]);
  const { delivery } = mergeTallies([fast, slow]).histograms;
  expect([delivery.getValueAtPercentile(99), delivery.getValueAtPercentile(99.5)]).toEqual([100, 900]);
});

function second(process: number, delivery: number[]): LoadRecord {
  const counted = { online: 1, counters: {}, errors: {}, latencies: { delivery } };
  return { type: 'second', process, vu: 1, number: 0, atMs: 500, ...counted };
}
