import type { Population, Unit } from './population.ts';

/** People 0 … count − 1; those of a unit follow each other. */
export interface People {
  readonly count: number;
  readonly units: readonly Unit[];
  /** First person of each unit, and the count after the last one. */
  readonly firstOf: Uint32Array;
}

export interface PeopleOptions extends Pick<Population, 'patterns'> {
  readonly units: readonly Unit[];
  readonly count: number;
  /** accounts: as many work there; online: as many are connected at the same time by day. */
  readonly of: 'accounts' | 'online';
}

/**
 * Spreads so many people over the units in proportion (Sainte-Laguë). Everyone's unit has at least one person; with fewer
 * people than units the largest ones do.
 */
export function scalePeople({ units, count, of, patterns }: PeopleOptions): People {
  const weights = units.map(({ people, pattern }) => people * (of === 'online' ? patterns[pattern].online.day : 1));
  const sizes = count < units.length ? onesForLargest(weights, count) : proportional(weights, count);
  const firstOf = new Uint32Array(units.length + 1);
  for (const [unit, size] of sizes.entries()) firstOf[unit + 1] = (firstOf[unit] ?? 0) + size;
  return { count, units, firstOf };
}

function onesForLargest(weights: readonly number[], count: number): number[] {
  const ranked = [...weights.keys()].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const chosen = new Set(ranked.slice(0, count));
  return weights.map((_weight, unit) => (chosen.has(unit) ? 1 : 0));
}

function proportional(weights: readonly number[], count: number): number[] {
  const sizes = sizesBelow(weights, count);
  for (let left = count - sum(sizes); left > 0; left--) {
    const quotients = weights.map((weight, unit) => weight / (2 * (sizes[unit] ?? 0) + 1));
    const next = quotients.indexOf(Math.max(...quotients));
    sizes[next] = (sizes[next] ?? 0) + 1;
  }
  return sizes;
}

/** Nearly so many people: rounding by a common divisor, found by halving, gives the same as handing out one by one. */
function sizesBelow(weights: readonly number[], count: number): number[] {
  const rounded = (divisor: number) => weights.map((weight) => Math.max(1, Math.floor(weight / divisor + 0.5)));
  let tooSmall = 0;
  let enough = 2 * sum(weights) + 1;
  for (let step = 0; step < 60; step++) {
    const middle = (tooSmall + enough) / 2;
    if (sum(rounded(middle)) > count) tooSmall = middle;
    else enough = middle;
  }
  return rounded(enough);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
