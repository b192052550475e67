import { isValid, type MeasuredRun } from '../measured-run.ts';
import { breachesOf } from './breaches.ts';
import type { KneeLevels } from './knee-levels.ts';

/** What the runs at one number of people say together. */
export interface StepState {
  readonly users: number;
  /** Also those that count for nothing. */
  readonly attempts: number;
  readonly valid: readonly MeasuredRun[];
  readonly brokenRuns: number;
  /** More than half of the valid runs broke a limit. */
  readonly broken: boolean;
}

/** Steps in order of people. */
export function stepStates(runs: readonly MeasuredRun[], levels: KneeLevels): readonly StepState[] {
  const steps = Map.groupBy(
    runs.filter(({ purpose }) => purpose === 'step'),
    ({ users }) => users,
  );
  return [...steps]
    .toSorted(([a], [b]) => a - b)
    .map(([users, attempts]) => {
      const valid = attempts.filter(isValid);
      const brokenRuns = valid.filter((run) => breachesOf(run, levels).length > 0).length;
      return { users, attempts: attempts.length, valid, brokenRuns, broken: 2 * brokenRuns > valid.length };
    });
}

/** Between what the knee lies: the largest step that held below the smallest one that broke. */
export interface Bracket {
  readonly held?: StepState;
  readonly broken?: StepState;
}

export function bracketOf(steps: readonly StepState[]): Bracket {
  const broken = steps.find((step) => step.broken);
  const held = steps.findLast(
    (step) => step.valid.length > 0 && step.users < (broken?.users ?? Number.POSITIVE_INFINITY),
  );
  return { ...(held && { held }), ...(broken && { broken }) };
}
