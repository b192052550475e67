import type { CurvePoint, Interval, UslParameters } from '../../../core/model/sizing.ts';
import { createRandom } from '../../../core/random.ts';
import { quantile } from '../statistics/quantile.ts';
import { fitUsl, type LoadPoint } from './fit-usl.ts';
import { resampleRuns } from './resample-runs.ts';
import { throughputAt } from './usl.ts';

/** Fits to redrawn runs: how the law would have come out had chance been another. None where a step has a single run. */
export function bootstrapFits(runs: readonly LoadPoint[], seed: string, times = 400): readonly UslParameters[] {
  const steps = Map.groupBy(runs, ({ users }) => users);
  if ([...steps.values()].some(({ length }) => length < 2)) return [];
  const random = createRandom(`${seed}|bootstrap`);
  return Array.from({ length: times }, () => fitUsl(resampleRuns(runs, random)) ?? []).flat();
}

/** 95 % of the values; undefined without any. */
export function intervalOf(values: readonly number[]): Interval | undefined {
  if (values.length === 0) return undefined;
  return { low: quantile(values, 0.025), high: quantile(values, 0.975) };
}

/** The curve and its band from one person to `most`. */
export function curveWithBand(
  parameters: UslParameters,
  fits: readonly UslParameters[],
  most: number,
): readonly CurvePoint[] {
  const points = 40;
  return Array.from({ length: points + 1 }, (_, index) => {
    const users = Math.max(1, (most * index) / points);
    const throughput = throughputAt(parameters, users);
    const band = intervalOf(fits.map((fit) => throughputAt(fit, users)));
    return { users, throughput, low: band?.low ?? throughput, high: band?.high ?? throughput };
  });
}
