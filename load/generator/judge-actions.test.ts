import { expect, test } from 'vitest';
import type { ServiceLevels } from '../scenarios/service-levels.ts';
import { defaultServiceLevels } from '../scenarios/service-levels.ts';
import { judgeLoad } from './judge-load.ts';
import { loadMeasurements } from './load-measurements.ts';
import { goodTally, loadRun } from './load-run.fixture.ts';
import type { Tally } from './tally.ts';

const levels: ServiceLevels = {
  ...defaultServiceLevels,
  actions: { scrollBack: { percentile: 95, ms: 800 }, restoreKeys: { percentile: 95, ms: 30_000 } },
};

/** The good run with forty pages of 300 ms and twenty restored devices, and what is changed in it. */
function judged(change: (tally: Tally) => void = () => {}, own: Partial<ServiceLevels> = {}) {
  const tally = goodTally();
  tally.histograms.scrollBack.recordValueWithCount(300, 40);
  tally.histograms.restoreKeys.recordValueWithCount(900, 20);
  Object.assign(tally.counters, { sessionsBackedUp: 4_000, sessionsRestored: 4_000, keysShared: 90, keysSeen: 90 });
  change(tally);
  return judgeLoad(loadRun({ tally, scenario: { levels: { ...levels, ...own } } }));
}
const codesOf = (outcome: ReturnType<typeof judgeLoad>) =>
  outcome.kind === 'failed' ? outcome.findings.map(({ code }) => code) : outcome.kind;
const counting = (counters: Tally['counters']) => (tally: Tally) => Object.assign(tally.counters, counters);

test('actions within their levels pass and are told with their samples', () => {
  expect(judged()).toMatchObject({
    kind: 'passed',
    observed: expect.stringContaining('Das Blättern im Verlauf (je Seite) P95 300 ms (40 Messwerte)'),
  });
});

test.each([
  ['scroll-back-slow', (tally: Tally) => tally.histograms.scrollBack.recordValueWithCount(1_000, 3)],
  ['restore-keys-slow', (tally: Tally) => tally.histograms.restoreKeys.recordValueWithCount(31_000, 3)],
  ['contract-broken', (tally: Tally) => Object.assign(tally.errors, { 'contract messages chunk': 2 })],
  ['action-given-up', counting({ givenUp: 1 })],
  ['key-lost', counting({ keysSeen: 89 })],
  ['key-duplicated', counting({ keysDuplicated: 1 })],
  ['backup-incomplete', counting({ sessionsRestored: 3_999 })],
])('%s is found, and nothing else', (code, change) => {
  expect(codesOf(judged(change))).toEqual([code]);
});

test('polls answered too soon are found where polls are judged, a few of many are not', () => {
  const own = { actions: { pollOverhead: { percentile: 95, ms: 500 } } } as const;
  const polls = (earlyPolls: number) => (tally: Tally) => {
    tally.histograms.pollOverhead.recordValueWithCount(20, 40);
    counting({ emptyPolls: 100, earlyPolls })(tally);
  };
  expect(codesOf(judged(polls(5), own))).toBe('passed');
  expect(codesOf(judged(polls(6), own))).toEqual(['poll-early']);
  expect(codesOf(judged(polls(6)))).toBe('passed');
});

test('limits may prevent actions where the scenario says so', () => {
  expect(codesOf(judged(counting({ givenUp: 9 }), { toleratesLimits: true }))).toBe('passed');
});

test('an action seen too seldom never passes, and its slow samples accuse nobody', () => {
  const tally = goodTally();
  tally.histograms.scrollBack.recordValueWithCount(9_000, 19);
  tally.histograms.restoreKeys.recordValueWithCount(900, 20);
  expect(judgeLoad(loadRun({ tally, scenario: { levels } }))).toMatchObject({
    kind: 'inconclusive',
    reason:
      'Zu wenige Messwerte für ein Urteil: Das Blättern im Verlauf (je Seite) wurde 19-mal gemessen, nötig ist 20-mal.',
  });
});

test('a scale says how many samples an action takes', () => {
  const tally = goodTally();
  tally.histograms.scrollBack.recordValueWithCount(300, 30);
  tally.histograms.restoreKeys.recordValueWithCount(900, 5);
  const scale = { ...loadRun().scale, minimumActions: { scrollBack: 30, restoreKeys: 5 } };
  expect(judgeLoad(loadRun({ tally, scale, scenario: { levels } })).kind).toBe('passed');
});

test('what people received after they were offline counts as received', () => {
  const tally = goodTally();
  tally.counters.seenLater = 10;
  const deliveries = { ...loadRun().deliveries, planned: 370, seen: 370 };
  expect(judgeLoad(loadRun({ tally, deliveries })).kind).toBe('passed');
});

test('a scenario without messages needs none', () => {
  const tally = goodTally();
  tally.histograms.delivery.reset();
  tally.histograms.send.reset();
  const scale = { ...loadRun().scale, minimumSamples: 0 };
  const deliveries = { ...loadRun().deliveries, messages: 0, planned: 0, seen: 0 };
  expect(judgeLoad(loadRun({ tally, scale, deliveries })).kind).toBe('passed');
});

test('figures name only what happened', () => {
  const tally = goodTally();
  tally.histograms.openRoom.recordValueWithCount(80, 4);
  const { figures } = loadMeasurements(loadRun({ tally }));
  expect(figures).toMatchObject({ openRoomSamples: 4, openRoomP95Ms: 80 });
  expect(figures).not.toHaveProperty('scrollBackSamples');
});
