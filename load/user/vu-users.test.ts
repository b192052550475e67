import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usersOfVu, vusOf } from './vu-users.ts';

test('neighbours are with different VUs', () => {
  expect([1, 2, 3].map((vu) => usersOfVu({ users: 7, usersPerVu: 3 }, vu))).toEqual([
    [0, 3, 6],
    [1, 4],
    [2, 5],
  ]);
});

test('everybody is with exactly one VU, and none has more than allowed', () => {
  const sizes = fc.record({ users: fc.integer({ min: 1, max: 500 }), usersPerVu: fc.integer({ min: 1, max: 200 }) });
  fc.assert(
    fc.property(sizes, (plan) => {
      const byVu = Array.from({ length: vusOf(plan) }, (_, index) => usersOfVu(plan, index + 1));
      const everybody = Array.from({ length: plan.users }, (_, user) => user);
      expect(byVu.flat().toSorted((a, b) => a - b)).toEqual(everybody);
      expect(Math.max(...byVu.map(({ length }) => length))).toBeLessThanOrEqual(plan.usersPerVu);
      expect(Math.min(...byVu.map(({ length }) => length))).toBeGreaterThan(0);
    }),
  );
});
