import { expect, test } from 'vitest';
import type { CheckRun } from '../../core/run/run-checks.ts';
import type { DiscoveredCheck } from '../discover.ts';
import { countProofs } from './count-proofs.ts';

const planted = { title: 'skips', defect: { skips: 'rotation' }, expectFinding: 'kept' };
const altered = { title: 'alters', defect: { when: {} }, expectFinding: 'gone' };
const checkNamed = (id: string) =>
  ({
    meta: { id },
    counterexamples: [planted, altered],
    check: { counterexamples: [planted, altered] },
  }) as unknown as DiscoveredCheck;

const ended = (outcome: CheckRun['outcome']): CheckRun => ({ outcome, evidence: [], durationMs: 1 });
const passed = ended({ kind: 'passed', observed: 'well' });
const finding = { code: 'kept', title: 't', expected: 'e', observed: 'o', where: 'w' };
const failed = ended({ kind: 'failed', findings: [finding] });
const tried = (redOf: readonly boolean[]) =>
  redOf.map((red) => ({ title: '', expectFinding: 'kept', red, run: failed }));

test('planted defects are told from altered answers, and alarms without cause from true findings', () => {
  const proofs = [
    { check: 'a', control: passed, counterexamples: tried([true, false]) },
    { check: 'b', control: failed, counterexamples: tried([false, true]) },
    { check: 'c', control: failed, counterexamples: tried([true, true]) },
  ];
  const known = new Map([['b', ['kept w']]]);
  // d could not run here.
  expect(countProofs(['a', 'b', 'c', 'd'].map(checkNamed), proofs, known)).toEqual({
    checks: 4,
    controls: { green: 1, trueFindings: 1, falseAlarm: 1 },
    counterexamples: { total: 8, red: 4 },
    defects: { total: 4, detected: 2, falseAlarms: 1 },
  });
});
