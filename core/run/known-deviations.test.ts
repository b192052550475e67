import { expect, test } from 'vitest';
import { fingerprintOf } from '../model/finding.ts';
import { exampleFinding, exampleOutcomes } from '../testing/examples.ts';
import { withKnownDeviations } from './known-deviations.ts';

const known = { issue: 'https://example.org/1', reason: 'Gemeldet.', until: '2027-03-31' };
const register = new Map([[fingerprintOf('policy.a', exampleFinding), known]]);
const other = { ...exampleFinding, code: 'other' };

test('only what the register names is marked, and stays a deviation', () => {
  const outcome = { kind: 'failed', findings: [exampleFinding, other] } as const;
  expect(withKnownDeviations('policy.a', outcome, register)).toEqual({
    kind: 'failed',
    findings: [{ ...exampleFinding, known }, other],
  });
});

test('the same deviation of another check is not known', () => {
  const outcome = { kind: 'failed', findings: [exampleFinding] } as const;
  expect(withKnownDeviations('policy.b', outcome, register)).toEqual(outcome);
});

test('what did not fail stays as it is', () => {
  expect(withKnownDeviations('policy.a', exampleOutcomes.inconclusive, register)).toBe(exampleOutcomes.inconclusive);
});
