import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scalePeople } from './people.ts';
import type { Unit, WorkingPattern } from './population.ts';

const pattern: WorkingPattern = { online: { day: 0.65, night: 0 }, devices: 1, writing: 1, curve: [] };
const patterns = { office: pattern, shift: { ...pattern, online: { day: 0.325, night: 0 } } };
const unit = (name: string, people: number, of: 'office' | 'shift' = 'office'): Unit => ({
  name,
  group: 'g',
  people,
  pattern: of,
});
const units = [unit('small', 40), unit('large', 6_000), unit('middle', 3_960, 'shift')];
const sizes = (count: number, of: 'accounts' | 'online' = 'accounts') => {
  const { firstOf } = scalePeople({ patterns, units, count, of });
  return units.map((_unit, index) => (firstOf[index + 1] ?? 0) - (firstOf[index] ?? 0));
};

test('a scaled population keeps its proportions', () => {
  expect(sizes(10_000)).toEqual([40, 6_000, 3_960]);
  expect(sizes(1_000)).toEqual([4, 600, 396]);
});

test('every unit has somebody, however small the scale', () => {
  expect(sizes(10)).toEqual([1, 5, 4]);
  expect(sizes(3)).toEqual([1, 1, 1]);
});

test('with fewer people than units the largest units have somebody', () => {
  expect(sizes(2)).toEqual([0, 1, 1]);
});

test('of those connected at the same time fewer are on shifts', () => {
  expect(sizes(1_000, 'online')).toEqual([5, 748, 247]);
});

test('more people than work there are spread alike', () => {
  expect(sizes(20_000)).toEqual([80, 12_000, 7_920]);
});

test('no one is lost or made up, and a larger scale takes nobody away from a unit', () => {
  const sizesOf = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(sizesOf, fc.integer({ min: 0, max: 2_000 }), (people, more) => {
      const scaled = (count: number) => {
        const { firstOf } = scalePeople({
          patterns,
          units: people.map((size) => unit('u', size)),
          count,
          of: 'accounts',
        });
        return people.map((_size, index) => (firstOf[index + 1] ?? 0) - (firstOf[index] ?? 0));
      };
      const count = people.length + more;
      const [smaller, larger] = [scaled(count), scaled(count + 1)];
      expect(smaller.reduce((total, size) => total + size, 0)).toBe(count);
      expect(smaller.every((size, index) => size >= 1 && size <= (larger[index] ?? 0))).toBe(true);
    }),
  );
});
