import { expect, test } from 'vitest';
import { checkFinished, exampleFinding, exampleOutcomes } from '../testing/examples.ts';
import { changedOutcomes } from './changed-outcomes.ts';

const { passed, failed } = exampleOutcomes;

test('a check that ends alike in all attempts is not named', () => {
  expect(changedOutcomes([checkFinished('a', passed), checkFinished('b', failed), checkFinished('a', passed)])).toEqual(
    [],
  );
});

test('a check that ends now so and now otherwise is named with how often', () => {
  const events = [
    checkFinished('a', passed),
    checkFinished('a', exampleOutcomes.inconclusive),
    checkFinished('a', passed),
  ];
  expect(changedOutcomes(events)).toEqual([{ check: 'a', ends: { passed: 2, inconclusive: 1 } }]);
});

test('another finding is another end', () => {
  const other = { kind: 'failed', findings: [{ ...exampleFinding, code: 'other' }] } as const;
  const one = { kind: 'failed', findings: [exampleFinding] } as const;
  expect(changedOutcomes([checkFinished('a', one), checkFinished('a', other)])).toHaveLength(1);
});
