import { expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { fitUsl } from './fit-usl.ts';
import { throughputAt } from './usl.ts';
import { bootstrapFits, curveWithBand, intervalOf } from './usl-band.ts';

const law = { lambda: 0.3, alpha: 0.002, beta: 0.000_002 };

/** Five runs of six steps, each off by up to three percent. */
function noisyRuns(seed: string) {
  const random = createRandom(seed);
  return [50, 100, 200, 300, 400, 500].flatMap((users) =>
    Array.from({ length: 5 }, () => ({
      users,
      throughput: throughputAt(law, users) * (1 + 0.06 * (random.next() - 0.5)),
    })),
  );
}

test('in most sweeps the interval holds the true throughput per person', () => {
  const held = Array.from({ length: 20 }, (_, index) => {
    const interval = intervalOf(bootstrapFits(noisyRuns(`sweep ${index}`), 'seed', 60).map(({ lambda }) => lambda));
    return interval !== undefined && interval.low <= law.lambda && law.lambda <= interval.high;
  });
  expect(held.filter((isHeld) => isHeld).length).toBeGreaterThanOrEqual(15);
});

test('the same seed gives the same band, and the curve lies within it', () => {
  const runs = noisyRuns('one');
  const parameters = fitUsl(runs) ?? law;
  const bandOf = (seed: string) => curveWithBand(parameters, bootstrapFits(runs, seed, 60), 500);
  expect(bandOf('a')).toEqual(bandOf('a'));
  expect(bandOf('a')).not.toEqual(bandOf('b'));
  for (const { throughput, low, high } of bandOf('a')) {
    expect(low).toBeLessThanOrEqual(throughput * 1.001);
    expect(high).toBeGreaterThanOrEqual(throughput * 0.999);
  }
});

test('single runs tell nothing about chance', () => {
  expect(
    bootstrapFits(
      [50, 100, 200].map((users) => ({ users, throughput: throughputAt(law, users) })),
      'seed',
    ),
  ).toEqual([]);
});
