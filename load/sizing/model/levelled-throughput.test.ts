import { expect, test } from 'vitest';
import { goodRun } from '../measured-run.fixture.ts';
import { levelled } from './levelled-throughput.ts';

test('runs that delivered all they planned lie on a straight line, whatever chance planned', () => {
  const runs = [20, 40, 60].map((users, index) => {
    const offered = users * ([0.4, 0.2, 0.3][index] ?? 0);
    return goodRun(users, { offered, delivered: offered });
  });
  const { throughput, offered } = levelled(runs);
  const perUser = runs.map((run) => throughput(run) / run.users);
  expect(Math.max(...perUser) - Math.min(...perUser)).toBeLessThan(1e-12);
  expect(offered(60)).toBeCloseTo(throughput(goodRun(60, { offered: 5, delivered: 5 })));
});

test('what was not delivered in time is missing', () => {
  const { throughput, offered } = levelled([goodRun(100)]);
  expect(throughput(goodRun(100, { offered: 20, delivered: 15 }))).toBeCloseTo(0.75 * offered(100));
});

test('runs at rest deliver nothing and change nothing', () => {
  const rest = goodRun(100, { purpose: 'idle', offered: 0, delivered: 0 });
  expect(levelled([goodRun(100), rest]).offered(100)).toBeCloseTo(30);
  expect(levelled([rest]).throughput(rest)).toBe(0);
});
