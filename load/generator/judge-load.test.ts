import { expect, test } from 'vitest';
import { judgeLoad } from './judge-load.ts';
import type { K6Run } from './k6-process.ts';
import { goodProcess, goodTally, loadRun, nothingLost } from './load-run.fixture.ts';
import { samplesFor } from './percentile-samples.ts';
import { createTally, type Tally } from './tally.ts';

const tallyWith = (change: (tally: Tally) => void): Tally => {
  const tally = goodTally();
  change(tally);
  return tally;
};
const ending = (end: Partial<K6Run>) => ({ processes: [{ ...goodProcess, ...end }] });

const vuFrom = (vus: Tally['vus']) => {
  const vu = vus.get('1/1');
  if (vu === undefined) throw new Error('the fixture has no VU 1');
  return vu;
};

const personFrom = (users: Tally['users']) => {
  const person = users.get(3);
  if (person === undefined) throw new Error('the good run has a person 3');
  return person;
};
const codesOf = (run: ReturnType<typeof loadRun>) => {
  const outcome = judgeLoad(run);
  return outcome.kind === 'failed' ? outcome.findings.map(({ code }) => code) : outcome.kind;
};

test('a complete and quick run passes and says what was counted', () => {
  expect(judgeLoad(loadRun())).toMatchObject({
    kind: 'passed',
    observed: expect.stringContaining('alle 360 Zustellungen genau einmal'),
    measurements: { figures: { seen: 360, deliveryP95Ms: 200, sendP95Ms: 100, pollsPerSecond: 460 } },
  });
});

test.each([
  ['message-lost', { deliveries: { ...nothingLost, seen: 359, lost: 1 } }],
  ['message-duplicated', { deliveries: { ...nothingLost, duplicated: 1 } }],
  ['message-out-of-order', { deliveries: { ...nothingLost, outOfOrder: 1 } }],
  ['message-not-accepted', { deliveries: { ...nothingLost, unconfirmed: 1 } }],
  ['never-online', { deliveries: { ...nothingLost, neverOnline: 1 } }],
  ['requests-failed', { tally: tallyWith(({ errors }) => Object.assign(errors, { 'sync 502': 1 })) }],
  ['delivery-slow', { tally: tallyWith(({ histograms }) => histograms.delivery.recordValueWithCount(1_100, 30)) }],
  ['send-slow', { tally: tallyWith(({ histograms }) => histograms.send.recordValueWithCount(600, 5)) }],
])('%s is found, and nothing else', (code, change) => {
  expect(codesOf(loadRun(change))).toEqual([code]);
});

test('the 99th percentile counts where the 95th is kept', () => {
  const tally = tallyWith(({ histograms }) => histograms.delivery.recordValueWithCount(3_100, 5));
  const outcome = judgeLoad(loadRun({ tally }));
  expect(outcome).toMatchObject({ kind: 'failed', findings: [{ expected: expect.stringContaining('99 von 100') }] });
});

test('one slow message among few is no percentile', () => {
  const tally = tallyWith(({ histograms }) => histograms.send.recordValueWithCount(2_500, 1));
  expect(codesOf(loadRun({ tally }))).toBe('passed');
  expect([95, 99].map(samplesFor)).toEqual([20, 100]);
});

test('a lost message counts even where too few samples prove nothing else', () => {
  const scale = { ...loadRun().scale, minimumSamples: 1_000 };
  const slow = tallyWith(({ histograms }) => histograms.delivery.recordValueWithCount(9_000, 100));
  expect(codesOf(loadRun({ scale, tally: slow }))).toBe('inconclusive');
  const deliveries = { ...nothingLost, seen: 359, lost: 1 };
  expect(codesOf(loadRun({ scale, tally: slow, deliveries }))).toEqual(['message-lost']);
});

test('too few samples never pass', () => {
  const scale = { ...loadRun().scale, minimumSamples: 361 };
  expect(judgeLoad(loadRun({ scale }))).toMatchObject({
    kind: 'inconclusive',
    reason: 'Zu wenige Messwerte für ein Urteil: 360 Zustellungen, nötig sind 361.',
  });
});

test('deliveries nobody accounts for never pass', () => {
  expect(codesOf(loadRun({ deliveries: { ...nothingLost, planned: 364 } }))).toBe('inconclusive');
  expect(codesOf(loadRun({ deliveries: { ...nothingLost, planned: 363 } }))).toBe('passed');
});

test('a k6 that tells nothing and exits with 0 proves nothing', () => {
  const outcome = judgeLoad(loadRun({ tally: createTally(), deliveries: { ...nothingLost, seen: 0 } }));
  expect(outcome).toMatchObject({ kind: 'inconclusive', reason: expect.stringContaining('fehlt die Abrechnung') });
});

test.each([
  ['died', ending({ exitCode: null, endedBy: 'signal' }), /k6 endete vorzeitig \(durch ein Signal\)/],
  ['ended with an error', ending({ exitCode: 107, messages: ['no such file'] }), /Code 107.*no such file/],
  ['hung', ending({ exitCode: null, endedBy: 'timeout' }), /nicht rechtzeitig fertig/],
  ['ran out of memory', ending({ exitCode: null, endedBy: 'memory' }), /weil der Arbeitsspeicher nicht reichte/],
  ['used up the machine', ending({ usage: { ...goodProcess.usage, cpuCores: 1.7 } }), /1\.7 von 2 Prozessorkernen/],
  ['ran late', { tally: tallyWith(({ histograms }) => histograms.lag.recordValueWithCount(150, 5)) }, /P99 150 ms/],
  ['lost a person', { tally: tallyWith(({ users }) => users.delete(3)) }, /Von 1 der 20 simulierten Personen/],
  [
    'lost a record',
    { tally: tallyWith(({ vus }) => vus.set('1/1', { ...vuFrom(vus), unbroken: false, endedAfter: 2 })) },
    /Von 1 der 1/,
  ],
  [
    'sent a person home early',
    { tally: tallyWith(({ users }) => users.set(3, { ...personFrom(users), offlineAtMs: 15_999 })) },
    /^.* 1 simulierte Personen gingen vor dem Ende der Messung offline\.$/,
  ],
  [
    'lost one of its processes',
    { processes: [goodProcess, { ...goodProcess, process: 2, exitCode: null, endedBy: 'signal' as const }] },
    /k6-Prozess 2 von 2 endete vorzeitig/,
  ],
  [
    'never sent a message',
    { tally: tallyWith(({ counters }) => Object.assign(counters, { sends: 38 })) },
    /2 von 40 geplanten Nachrichten wurden nie/,
  ],
  ['never started a VU', { vus: 2 }, /Von 1 der 2 k6-Einheiten/],
  [
    'had a defect',
    {
      tally: tallyWith(({ crashes }) =>
        crashes.push({ type: 'crash', process: 1, vu: 1, user: 4, message: 'TypeError: x' }),
      ),
    },
    /Bei 1 simulierten Personen brach der Ablauf ab: TypeError: x/,
  ],
])('a generator that %s makes the run inconclusive, even where something was lost', (_what, change, reason) => {
  const outcome = judgeLoad(loadRun({ ...change, deliveries: { ...nothingLost, lost: 5 } }));
  expect(outcome).toMatchObject({ kind: 'inconclusive', reason: expect.stringMatching(reason) });
  expect(outcome).toHaveProperty('measurements.figures.users', 20);
});
