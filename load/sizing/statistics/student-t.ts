import type { Interval } from '../../../core/model/sizing.ts';
import { mean } from './quantile.ts';

/** Two-sided 95 % points by degrees of freedom (NIST, Engineering Statistics Handbook, table 1.3.6.7.2). */
const points = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const normalPoint = 1.96;

/** 95 % confidence interval of the mean over runs; undefined with fewer than two. */
export function meanInterval(values: readonly number[]): Interval | undefined {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  const halfWidth = (points[values.length - 2] ?? normalPoint) * Math.sqrt(variance / values.length);
  return { low: centre - halfWidth, high: centre + halfWidth };
}

/** Half the width as a share of the centre: above a tenth, more runs are needed. */
export function halfWidthShare({ low, high }: Interval): number {
  const centre = (low + high) / 2;
  return centre === 0 ? Number.POSITIVE_INFINITY : (high - low) / 2 / Math.abs(centre);
}
