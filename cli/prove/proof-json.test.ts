import { expect, test } from 'vitest';
import { mutationReport } from '../../conformance/mutants/mutation-report.ts';
import { proofJson } from './proof-json.ts';

const rates = { mutants: 80, noticed: 76, open: 1, broken: 0, survived: 3, rate: 0.95 };
const report = {
  ...mutationReport([], []),
  mutants: 100,
  constrained: rates,
  all: { ...rates, mutants: 100, rate: 0.77 },
  excluded: { total: 20, share: 0.2, byRule: {} },
};
const family = {
  name: 'conformance' as const,
  checks: 2,
  controls: { green: 2 },
  counterexamples: { total: 3, red: 3 },
  defects: { total: 0, detected: 0, falseAlarms: 0 },
};

test('mutants stand with the family whose checks were tried', () => {
  const { families } = proofJson({ durationMs: 1, families: [family], mutation: { report, durationMs: 1 } });
  const { name: _, ...counts } = family;
  const mutants = { total: 100, constrained: 80, noticed: 76, excluded: 20, rate: 0.95, rateOverAll: 0.77 };
  expect(families).toEqual({ conformance: { ...counts, mutants } });
});

test('recordings alone prove mutants without counterexamples', () => {
  const { families } = proofJson({ durationMs: 1, families: [], mutation: { report, durationMs: 1 } });
  expect(families).toMatchObject({ conformance: { mutants: { total: 100 } } });
});

test('without mutants nothing is said of them', () => {
  expect(JSON.stringify(proofJson({ durationMs: 1, families: [family], mutation: undefined }))).not.toContain(
    'mutants',
  );
});
