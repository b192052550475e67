import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UslParameters } from '../../../core/model/sizing.ts';
import { createRandom } from '../../../core/random.ts';
import { fitUsl, type LoadPoint } from './fit-usl.ts';
import { throughputAt } from './usl.ts';

const ladder = [20, 40, 80, 120, 200, 300];
const pointsOf = (parameters: UslParameters, noise: () => number = () => 1): LoadPoint[] =>
  ladder.map((users) => ({ users, throughput: throughputAt(parameters, users) * noise() }));

const laws = fc.record({
  lambda: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
  alpha: fc.double({ min: 0, max: 0.2, noNaN: true }),
  beta: fc.double({ min: 0, max: 0.001, noNaN: true }),
});

const worstError = (fitted: UslParameters, law: UslParameters) =>
  Math.max(...ladder.map((users) => Math.abs(throughputAt(fitted, users) / throughputAt(law, users) - 1)));

const distance = (law: UslParameters, points: readonly LoadPoint[]) =>
  points.reduce((sum, { users, throughput }) => sum + ((throughputAt(law, users) - throughput) / users) ** 2, 0);

test('the law that made the points is found again', () => {
  fc.assert(
    fc.property(laws, (law) => {
      const fitted = fitUsl(pointsOf(law));
      expect(fitted && worstError(fitted, law)).toBeLessThan(1e-3);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('with noise the fit is no farther from the points than the law that made them, and no parameter is negative', () => {
  fc.assert(
    fc.property(laws, fc.string(), (law, seed) => {
      const random = createRandom(seed);
      const points = pointsOf(law, () => 1 + 0.1 * (random.next() - 0.5));
      const fitted = fitUsl(points);
      expect(fitted && distance(fitted, points)).toBeLessThanOrEqual(distance(law, points) * (1 + 1e-9));
      expect(Math.min(fitted?.lambda ?? -1, fitted?.alpha ?? -1, fitted?.beta ?? -1)).toBeGreaterThanOrEqual(0);
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('twice the throughput is twice λ and changes nothing else', () => {
  const law = { lambda: 3, alpha: 0.02, beta: 0.000_05 };
  const fitted = fitUsl(pointsOf({ ...law, lambda: 6 }));
  expect(fitted?.lambda).toBeCloseTo(6, 3);
  expect(fitted?.alpha).toBeCloseTo(0.02, 4);
  expect(fitted?.beta).toBeCloseTo(0.000_05, 6);
});

test('two numbers of people, however often, tell no law', () => {
  const points = [20, 20, 40, 40].map((users) => ({ users, throughput: users }));
  expect(fitUsl(points)).toBeUndefined();
});

test('throughput that grows faster than people is fitted without contention', () => {
  const fitted = fitUsl([10, 20, 40].map((users) => ({ users, throughput: users ** 1.1 })));
  expect(fitted).toMatchObject({ alpha: 0, beta: 0 });
});
