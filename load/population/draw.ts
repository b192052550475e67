import type { Random } from '../../core/random.ts';

/** Mean 0, standard deviation 1. */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export interface Spread {
  readonly median: number;
  readonly p95: number;
}

/** How many standard deviations above the median 5 % lie. */
const p95Deviations = 1.645;

/** Nobody has more than this many times what only one in twenty exceeds. */
const farthestOut = 3;

/** Log-normal with that median and 95th percentile. */
export function drawLogNormal(random: Random, { median, p95 }: Spread): number {
  const drawn = median * Math.exp((Math.log(p95 / median) / p95Deviations) * drawNormal(random));
  return Math.min(drawn, farthestOut * p95);
}

/** A whole number with that mean: rounds up as often as the fraction says. */
export function drawRounded(random: Random, mean: number): number {
  return Math.floor(mean + random.next());
}

/** Mean 1. */
export function drawExponential(random: Random): number {
  return -Math.log(1 - random.next());
}
