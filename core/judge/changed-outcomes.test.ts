import { describe, expect, test } from 'vitest';
import { checkFinished, exampleFinding, exampleOutcomes } from '../testing/examples.ts';
import { changedOutcomes, flakeRates } from './changed-outcomes.ts';

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

describe('the flake rate', () => {
  test('is told for each family: the share of its repeated checks that did not end alike', () => {
    const events = [
      checkFinished('conformance.sync.a', passed),
      checkFinished('conformance.sync.a', passed),
      checkFinished('encryption.trust.b', passed),
      checkFinished('encryption.trust.b', failed),
      ...['c', 'd', 'e'].flatMap((name) => [1, 2].map(() => checkFinished(`encryption.trust.${name}`, failed))),
    ];
    expect(flakeRates(events)).toEqual([
      { family: 'conformance', repeated: 1, changed: 0, share: 0 },
      { family: 'encryption', repeated: 4, changed: 1, share: 0.25 },
    ]);
  });

  test('counts no check that ended only once', () => {
    expect(flakeRates([checkFinished('encryption.trust.a', passed)])).toEqual([]);
  });
});
