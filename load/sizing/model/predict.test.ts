import { expect, test } from 'vitest';
import { UsageError } from '../../../core/model/usage-error.ts';
import { predictThroughput } from './predict.ts';

const parameters = { lambda: 0.3, alpha: 0, beta: 0 };

test('up to one and a half times what was measured is predicted', () => {
  expect(predictThroughput({ parameters, measuredUsers: 400, users: 600 })).toBeCloseTo(180);
});

test('beyond that a prediction is refused, with what to measure instead', () => {
  const predict = () => predictThroughput({ parameters, measuredUsers: 400, users: 601 });
  expect(predict).toThrow(UsageError);
  expect(predict).toThrow('measure up to 401, or ask for at most 600');
});

test('whoever marks it as extrapolated gets it', () => {
  expect(predictThroughput({ parameters, measuredUsers: 400, users: 4_000, extrapolate: true })).toBeCloseTo(1_200);
});
