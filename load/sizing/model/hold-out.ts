import type { HoldOut } from '../../../core/model/sizing.ts';
import { mean } from '../statistics/quantile.ts';
import { fitUsl, type LoadPoint } from './fit-usl.ts';
import { throughputAt } from './usl.ts';

/** Above this error the model does not describe the deployment. */
export const greatestErrorShare = 0.15;

/**
 * Fits the lower steps, predicts the highest and compares. Undefined with fewer than two steps below it. The highest is
 * predicted however far it lies beyond the others: its error is what is to be known.
 */
export function holdOutTest(runs: readonly LoadPoint[]): HoldOut | undefined {
  const users = Math.max(...runs.map((run) => run.users));
  const parameters = fitUsl(
    runs.filter((run) => run.users < users),
    stepsBelow,
  );
  const observed = mean(runs.filter((run) => run.users === users).map(({ throughput }) => throughput));
  if (parameters === undefined || observed <= 0) return undefined;
  const predicted = throughputAt(parameters, users);
  const errorShare = Math.abs(predicted - observed) / observed;
  return { users, predicted, observed, errorShare, reliable: errorShare <= greatestErrorShare };
}

const stepsBelow = 2;
