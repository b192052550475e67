import type { MeasuredRun } from '../measured-run.ts';

/** Deliveries per second of a run, freed of how much its schedule happened to plan. */
export interface Levelled {
  throughput(run: MeasuredRun): number;
  /** Planned with so many people. */
  offered(users: number): number;
}

/**
 * People write at random, so short runs of the same step plan very different numbers of deliveries. What counts is the share
 * that was delivered; it is applied to what one person causes in the mean of all runs. Else chance looks like contention.
 */
export function levelled(runs: readonly MeasuredRun[]): Levelled {
  const writing = runs.filter(({ purpose }) => purpose === 'step');
  const total = (pick: (run: MeasuredRun) => number) => writing.reduce((sum, run) => sum + pick(run) * run.steadyS, 0);
  const users = total((run) => run.users);
  const perUser = users === 0 ? 0 : total((run) => run.offered) / users;
  return {
    throughput: (run) => (run.offered <= 0 ? 0 : (perUser * run.users * run.delivered) / run.offered),
    offered: (count) => perUser * count,
  };
}
