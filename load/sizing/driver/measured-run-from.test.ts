import { expect, test } from 'vitest';
import { loadRun } from '../../generator/load-run.fixture.ts';
import type { LoadRun } from '../../generator/load-run.ts';
import type { Schedule } from '../../generator/plan-load.ts';
import { createHistogram, createTally } from '../../generator/tally.ts';
import { nothingSeen } from '../measured-run.ts';
import type { NextRun } from '../search/next-run.ts';
import { measuredRunFrom } from './measured-run-from.ts';

const next: NextRun = { users: 20, purpose: 'step', phase: 'climb', seed: 'seed' };
const rates = { messagesPerSecond: 1, pollsPerSecond: 2, syncBytesPerSecond: 3, server: nothingSeen, foreignCores: 0 };

/** One message a second to a room of five, in the middle of the second. */
const schedule: Schedule = {
  rooms: [{ kind: 'team', members: [0, 1, 2, 3, 4] }],
  planHash: '',
  roomsHash: '',
  roomsOfUser: [[0]],
  messages: [
    Array.from({ length: 50 }, (_, second) => ({
      sender: 0,
      room: 0,
      sequence: second,
      atMs: second * 1_000 + 100,
      ciphertextCharacters: 319,
    })),
  ],
  arrivalsMs: [-1_000],
};

/** `seen` deliveries in each window of five seconds, after so many milliseconds. */
function runWith(windows: readonly (readonly [seen: number, ms: number])[]): LoadRun {
  const tally = createTally(5);
  for (const [index, [seen, ms]] of windows.entries()) {
    const histogram = createHistogram();
    if (seen > 0) histogram.recordValueWithCount(ms, seen);
    tally.deliveryWindows.set(index * 5, histogram);
  }
  const good = loadRun();
  return loadRun({ tally, scale: { ...good.scale, durationS: 5 * windows.length } });
}

const measured = (windows: readonly (readonly [number, number])[]) =>
  measuredRunFrom({ id: '0001', next, run: runWith(windows), schedule, rates });
const times = (count: number, seen: number, ms: number) => Array.from({ length: count }, () => [seen, ms] as const);

test('a server that keeps up delivers what was planned, and no backlog grows', () => {
  const run = measured(times(8, 20, 100));
  expect(run).toMatchObject({ warmUpS: 0, steadyS: 40, offered: 4, delivered: 4, backlogGrowth: 0 });
  expect(run.delivery).toMatchObject({ samples: 160, p50Ms: 100, p95Ms: 100, p99Ms: 100 });
});

test('what happens before it has settled does not count', () => {
  const run = measured([[20, 5_000], [20, 3_000], ...times(8, 20, 100)]);
  expect(run).toMatchObject({ warmUpS: 10, steadyS: 40, delivered: 4 });
  expect(run.delivery.p99Ms).toBe(100);
});

test('a server that falls behind by a quarter is seen to', () => {
  const run = measured(times(8, 15, 250));
  expect(run.delivered / run.offered).toBeCloseTo(0.75, 1);
  expect(run.backlogGrowth).toBeCloseTo(1, 1);
});

test('a run at rest has no percentiles and nothing behind', () => {
  const run = measuredRunFrom({
    id: '0002',
    next: { ...next, purpose: 'idle' },
    run: runWith(times(4, 0, 0)),
    schedule: { ...schedule, messages: [[]] },
    rates,
  });
  expect(run).toMatchObject({ offered: 0, delivered: 0, backlogGrowth: 0, delivery: { samples: 0, p95Ms: null } });
});

test('a generator that was late makes the run invalid', () => {
  const run = runWith(times(4, 20, 100));
  run.tally.histograms.lag.recordValueWithCount(500, 10);
  expect(measuredRunFrom({ id: '0003', next, run, schedule, rates }).invalid.join(' ')).toContain('zu spät');
});
