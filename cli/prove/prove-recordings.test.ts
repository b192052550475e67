import { expect, test } from 'vitest';
import { type MutationReport, mutationReport } from '../../conformance/mutants/mutation-report.ts';
import { isEnough, mutationLines } from './prove-recordings.ts';

const enough: MutationReport = {
  ...mutationReport([], []),
  mutants: 100,
  constrained: { mutants: 100, noticed: 95, open: 1, broken: 0, survived: 4, rate: 0.95 },
};

const survivor = {
  kind: 'null',
  operation: 'GET /a',
  status: 200,
  pattern: '/b',
  survived: 1,
  open: 0,
  checks: ['conformance.a.b'],
};

test('it is enough when 95 % are noticed, few are excluded and every check was seen to notice something', () => {
  expect(isEnough(enough)).toBe(true);
  expect(isEnough({ ...enough, constrained: { ...enough.constrained, rate: 0.9499 } })).toBe(false);
  expect(isEnough({ ...enough, excluded: { ...enough.excluded, share: 0.26 } })).toBe(false);
  expect(isEnough({ ...enough, blind: ['conformance.a.b'] })).toBe(false);
  expect(isEnough({ ...enough, survivors: [{ ...survivor, why: 'Nebensache.' }] })).toBe(true);
  expect(isEnough({ ...enough, survivors: [survivor] })).toBe(false);
  expect(isEnough({ ...enough, notReplayable: ['conformance.a.b'] })).toBe(false);
  expect(isEnough({ ...enough, broken: { 'conformance.a.b': ['TypeError'] } })).toBe(false);
});

test('people read the rates and every fault', () => {
  const report = { ...enough, blind: ['conformance.a.b'], survivors: [survivor] };
  const lines = mutationLines({ report, durationMs: 49_392 }).join('\n');
  expect(lines).toContain('100 Verfälschungen in 49 s');
  expect(lines).toContain('95,0 % (95 von 100, 1 offen)');
  expect(lines).toContain('✘ ohne Erklärung unbemerkt: null an GET /a → 200 /b (conformance.a.b)');
  expect(lines).toContain('✘ bemerkt keine einzige Verfälschung: conformance.a.b');
});
