import type { HoldOut } from '../../../core/model/sizing.ts';
import { mean } from '../statistics/quantile.ts';
import { fitUsl, type LoadPoint } from './fit-usl.ts';
import { throughputAt } from './usl.ts';

/** Above this error the model does not describe the deployment. */
export const greatestErrorShare = 0.15;

/**
 * Fits the lower steps, predicts the highest and compares. Undefined with too few steps: a fit needs three below.
 * The highest step lies within 1.5 times the one below it, else it is a forecast nobody should make; it is made all the
 * same, because its error is what is to be known.
 */
export function holdOutTest(runs: readonly LoadPoint[]): HoldOut | undefined {
  const users = Math.max(...runs.map((run) => run.users));
  const parameters = fitUsl(runs.filter((run) => run.users < users));
  if (parameters === undefined) return undefined;
  const predicted = throughputAt(parameters, users);
  const observed = mean(runs.filter((run) => run.users === users).map(({ throughput }) => throughput));
  const errorShare = Math.abs(predicted - observed) / observed;
  return { users, predicted, observed, errorShare, reliable: errorShare <= greatestErrorShare };
}
