import { expect, test } from 'vitest';
import { holdOutTest } from './hold-out.ts';
import { throughputAt } from './usl.ts';

const law = { lambda: 0.3, alpha: 0.001, beta: 0.000_001 };
const lawful = (users: number) => ({ users, throughput: throughputAt(law, users) });

test('what follows the law is predicted', () => {
  const tested = holdOutTest([50, 100, 200, 300, 400].map(lawful));
  expect(tested).toMatchObject({ users: 400, reliable: true });
  expect(tested?.errorShare).toBeLessThan(0.01);
});

test('a server that stops growing is told as not predicted', () => {
  const steps = [50, 100, 200, 300, 400].map((users) => ({ users, throughput: 0.3 * Math.min(users, 200) }));
  const linear = [...steps.slice(0, 3), { users: 400, throughput: 60 }];
  expect(holdOutTest(linear)).toMatchObject({ predicted: expect.closeTo(120, 0), observed: 60, reliable: false });
});

test('two steps predict a third, one predicts nothing', () => {
  expect(holdOutTest([50, 100, 200].map(lawful))).toMatchObject({ users: 200, reliable: true });
  expect(holdOutTest([50, 100].map(lawful))).toBeUndefined();
});

test('nothing delivered at all cannot be compared with', () => {
  expect(holdOutTest([...[50, 100, 200].map(lawful), { users: 400, throughput: 0 }])).toBeUndefined();
  expect(holdOutTest([])).toBeUndefined();
});

test('the error is of the mean of all runs of the highest step', () => {
  const runs = [...[50, 100, 200].map(lawful), { users: 400, throughput: 90 }, { users: 400, throughput: 110 }];
  expect(holdOutTest(runs)?.observed).toBe(100);
});
