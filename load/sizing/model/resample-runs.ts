import type { Random } from '../../../core/random.ts';

/**
 * As many runs again, drawn with replacement within each step, so that every step stays. A step of a single run cannot be
 * redrawn: then runs are drawn over all steps, which says more about the choice of steps than about chance.
 */
export function resampleRuns<Run extends { readonly users: number }>(
  runs: readonly Run[],
  random: Random,
): readonly Run[] {
  const bySteps = Map.groupBy(runs, ({ users }) => users);
  const isRepeated = [...bySteps.values()].every(({ length }) => length > 1);
  const pools = isRepeated ? [...bySteps.values()] : [runs];
  return pools.flatMap((pool) => pool.map(() => random.pick(pool)));
}
