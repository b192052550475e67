import { expect, test } from 'vitest';
import { judgeLoad } from './judge-load.ts';
import { goodProcess, goodTally, loadRun } from './load-run.fixture.ts';

const stop = { ...goodProcess, exitCode: null, endedBy: 'stop' as const };
const cutOff = () => {
  const tally = goodTally();
  tally.users.clear();
  return { tally, processes: [stop] };
};
const limit = { by: 'limit', why: '17 % der Anfragen schlugen fehl.' } as const;

test('a run that a person stopped proves nothing, but keeps its figures', () => {
  const outcome = judgeLoad(loadRun({ ...cutOff(), stopped: { by: 'person' } }));
  expect(outcome).toMatchObject({ kind: 'inconclusive', measurements: { figures: { sent: 40 } } });
  expect(outcome).toHaveProperty(
    'reason',
    'Der Lauf wurde von Hand angehalten, gemessen ist bis Sekunde 1 von 16; er belegt nichts.',
  );
});

test('a limit that was exceeded is a finding, although records are missing', () => {
  expect(judgeLoad(loadRun({ ...cutOff(), stopped: limit }))).toMatchObject({
    kind: 'failed',
    findings: [{ code: 'abort-limit-exceeded', observed: expect.stringContaining(limit.why) }],
  });
});

test('a limit exceeded by a generator that was late accuses nobody', () => {
  const { tally, processes } = cutOff();
  tally.histograms.lag.recordValueWithCount(500, 20);
  const reason = expect.stringContaining('Seine Ereignisschleife lief zu spät');
  expect(judgeLoad(loadRun({ tally, processes, stopped: limit }))).toMatchObject({ kind: 'inconclusive', reason });
});

test('a process that died beside those that were stopped is named', () => {
  const died = { ...goodProcess, process: 2, exitCode: null, endedBy: 'signal' as const };
  const outcome = judgeLoad(loadRun({ ...cutOff(), processes: [stop, died], stopped: limit }));
  expect(outcome).toHaveProperty('reason', expect.stringContaining('endete vorzeitig (durch ein Signal)'));
});
