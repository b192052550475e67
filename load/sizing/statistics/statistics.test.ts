import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitNonNegative } from './non-negative.ts';
import { median, quantile } from './quantile.ts';
import { halfWidthShare, meanInterval } from './student-t.ts';
import { theilSenSlope } from './theil-sen.ts';
import { warmUpCut } from './warm-up-cut.ts';

const value = fc.double({ min: -1_000, max: 1_000, noNaN: true });

test('quantiles are those of R and NumPy', () => {
  expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile([1, 2, 3, 4], share))).toEqual([1, 1.75, 2.5, 3.25, 4]);
});

test('a median does not move by one outlier more than to its neighbour', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 5 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const moved = median([...sorted.slice(0, -1), 1e9]);
      expect(moved).toBeLessThanOrEqual(sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0);
    }),
  );
});

test('five runs of 10, 11, 12, 13, 14 tell a mean of 12 give or take 1.96', () => {
  const interval = meanInterval([10, 11, 12, 13, 14]);
  expect(interval?.low).toBeCloseTo(12 - 1.963, 2);
  expect(interval && halfWidthShare(interval)).toBeCloseTo(0.1636, 3);
  expect(meanInterval([10])).toBeUndefined();
});

test('a start that has not settled is cut, a steady one is kept', () => {
  expect(warmUpCut([900, 500, 100, 101, 99, 100, 101, 100, 99, 100])).toBe(2);
  expect(warmUpCut([100, 101, 99, 100, 101])).toBe(0);
  expect(warmUpCut([])).toBe(0);
});

test('of few values none is cut, because chance would choose', () => {
  expect(warmUpCut([900, 100, 100, 100])).toBe(0);
});

test('never more than half is cut', () => {
  fc.assert(
    fc.property(fc.array(value), (means) => {
      expect(warmUpCut(means)).toBeLessThanOrEqual(means.length / 2);
    }),
  );
});

test('one outlier makes no trend', () => {
  const line = Array.from({ length: 9 }, (_, x) => [x, 2 * x] as const);
  expect(theilSenSlope([...line, [9, 1_000]])).toBeCloseTo(2);
  expect(theilSenSlope([[1, 1]])).toBe(0);
});

test('parameters that made the values are found, and none becomes negative', () => {
  const rows = [
    [1, 0, 4],
    [1, 2, 1],
    [1, 5, 0],
    [1, 7, 3],
  ];
  const nonNegative = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(nonNegative, nonNegative, nonNegative), (parameters) => {
      const values = rows.map((row) => row.reduce((sum, cell, index) => sum + cell * (parameters[index] ?? 0), 0));
      const found = fitNonNegative(rows, values);
      for (const [index, parameter] of parameters.entries()) expect(found[index]).toBeCloseTo(parameter, 4);
    }),
  );
  expect(
    Math.min(
      ...fitNonNegative(
        [
          [1, 1],
          [1, 2],
          [1, 3],
        ],
        [3, 2, 1],
      ),
    ),
  ).toBe(0);
});
