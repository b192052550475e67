import { expect, test } from 'vitest';
import { simulatedSweep, sizingOptions } from '../../load/sizing/simulated-sweep.fixture.ts';
import { sizingFromRuns } from '../../load/sizing/sizing-from-runs.ts';
import { predictionOf, wantedPrediction } from './prediction.ts';
import { sizeWish } from './search-plan.ts';

const sizing = sizingFromRuns(sizingOptions(simulatedSweep()));

test('what lies within one and a half times the largest step is predicted', () => {
  const { users, throughput } = predictionOf(sizing, 600);
  expect(users).toBe(600);
  expect(throughput).toBeGreaterThan(150);
  expect(throughput).toBeLessThan(180);
});

test('what lies beyond is refused, with given steps before anything is measured', () => {
  expect(() => predictionOf(sizing, 601)).toThrow('measure up to 401');
  expect(() => wantedPrediction({ predict: '91' }, sizeWish({ steps: '20,40,60' }, 1))).toThrow('at most 90');
  expect(wantedPrediction({ predict: '90' }, sizeWish({ steps: '20,40,60' }, 1))).toBe(90);
});

test('too few steps predict nothing', () => {
  expect(() => predictionOf({ ...sizing, parameters: null, steps: [] }, 10)).toThrow('three are needed, there are 0');
});
