import { expect, test } from 'vitest';
import { UsageError } from '../../core/model/usage-error.ts';
import { allowedPlan, sizeWish } from './search-plan.ts';

test('without options five runs of fifty seconds climb to the limit', () => {
  expect(sizeWish({}, 1)).toMatchObject({ durationS: 50, compression: 100, plan: { runs: 5, maxSteps: 6, seed: '1' } });
  expect(sizeWish({}, 1).plan.steps).toBeUndefined();
});

test('a first look is one short run of each step, unless more is asked for', () => {
  expect(sizeWish({ quick: true }, 1)).toMatchObject({ durationS: 20, plan: { runs: 1 } });
  expect(sizeWish({ quick: true, runs: '3', 'step-duration': '30' }, 1)).toMatchObject({
    durationS: 30,
    plan: { runs: 3 },
  });
});

test('steps are taken as they are given', () => {
  expect(sizeWish({ steps: '20, 40,60' }, 1).plan.steps).toEqual([20, 40, 60]);
});

test.each([
  [{ steps: '20,1' }, '--steps must be a whole number from 2'],
  [{ steps: '20,,30' }, 'got nothing'],
  [{ steps: '20,x' }, 'got x'],
  [{ steps: '20,20' }, 'twice'],
  [{ runs: '0' }, '--runs'],
  [{ 'step-duration': '5' }, '--step-duration'],
  [{ compression: '0' }, '--compression'],
])('%j is wrong use', (values, message) => {
  expect(() => sizeWish(values, 1)).toThrow(UsageError);
  expect(() => sizeWish(values, 1)).toThrow(message);
});

test('the search stays within what the target allows, and a larger step is refused before anything is measured', () => {
  expect(allowedPlan(sizeWish({}, 1).plan, 300).maxUsers).toBe(300);
  expect(() => allowedPlan(sizeWish({ steps: '20,400' }, 1).plan, 300)).toThrow('up to 300 people, wanted are 400');
  expect(() => allowedPlan(sizeWish({}, 1).plan, 0)).toThrow('up to 0 people');
});
