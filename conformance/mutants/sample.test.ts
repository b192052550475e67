import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import type { Mutant, MutationKind } from './mutant.ts';
import { sampleMutants } from './sample.ts';
import type { MutantClass } from './sites.ts';

function classOf(check: string, kind: MutationKind, pattern: string, count: number): MutantClass {
  const place = { kind, operation: 'GET /a', status: 200, pattern };
  const make = (exchange: number) => (): Mutant => ({ check, exchange, place, change: { status: 500 } });
  return { place, examples: Array.from({ length: count }, (_, exchange) => make(exchange)) };
}

const crowd = Array.from({ length: 50 }, (_, index) => classOf('crowd', 'null', `/${index}`, 6));
const lone = [classOf('lone', 'null', '/x', 1)];
const rare = [classOf('rare', 'status', '500', 2)];

const sample = (budget: number) => sampleMutants([crowd, lone, rare], budget, createRandom('1'));
const countOf = (mutants: readonly Mutant[], check: string) => mutants.filter((one) => one.check === check).length;

test('every check is told some lies, and none twice', () => {
  const mutants = sample(12);
  expect(mutants).toHaveLength(12);
  expect(countOf(mutants, 'lone')).toBe(1);
  expect(countOf(mutants, 'rare')).toBeGreaterThan(0);
  expect(new Set(mutants.map((one) => JSON.stringify(one))).size).toBe(12);
});

test('a rare kind is not drowned by a frequent one', () => {
  expect(countOf(sample(40), 'rare')).toBe(2);
});

test('of equal lies the second comes when all others have had their first', () => {
  const mutants = sample(53);
  expect(new Set(mutants.map(({ place }) => place.pattern)).size).toBe(52);
});

test('there are no more than there are', () => {
  expect(sample(10_000)).toHaveLength(303);
});
