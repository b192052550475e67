import { expect, test } from 'vitest';
import { judgeLoad } from './judge-load.ts';
import { loadRun, nothingLost } from './load-run.fixture.ts';
import { loadRunReport } from './load-run-report.ts';

const scenario = {
  meta: { id: 'load.office-day', title: 'Bürotag', requirements: ['LE-01'], needs: [], timeoutMs: 1 },
} as const;

test('a passed run is valid and carries every figure of the contract', () => {
  expect(loadRunReport(judgeLoad(loadRun()), scenario)).toEqual({
    scenario: 'load.office-day',
    users: 20,
    durationMs: 16_000,
    valid: true,
    verdict: 'passed',
    messages: { sent: 40, seen: 360, lost: 0, duplicated: 0, outOfOrder: 0 },
    delivery: { samples: 360, p50Ms: 200, p95Ms: 200, p99Ms: 200 },
    decrypt: { samples: 0, p95Ms: 0, undecryptable: 0 },
    generator: { processes: 1, kibPerUser: 100, cpuCores: 0.1, loopLagP99Ms: 3, bundleBytes: 11_000 },
    reasons: [expect.stringContaining('alle 360 Zustellungen')],
  });
});

test('a failed run is valid and names what was found', () => {
  const report = loadRunReport(judgeLoad(loadRun({ deliveries: { ...nothingLost, lost: 2 } })), scenario);
  expect(report).toMatchObject({ valid: true, verdict: 'failed', messages: { lost: 2 } });
  expect(report.reasons).toEqual([expect.stringMatching(/^Nachrichten gingen verloren: 2 von 360/)]);
});

test('a run that proves nothing is not valid, but keeps its figures', () => {
  const report = loadRunReport(judgeLoad(loadRun({ vus: 2 })), scenario);
  expect(report).toMatchObject({ valid: false, verdict: 'inconclusive', delivery: { samples: 360 } });
});

test('a broken bench is not valid and has no figures', () => {
  const outcome = { kind: 'rigFault', code: 'toolFailed', message: 'k6 cannot be started' } as const;
  const report = loadRunReport(outcome, scenario);
  expect(report).toMatchObject({ valid: false, users: 0, reasons: ['k6 cannot be started'] });
});
