import { isValid, type MeasuredRun } from '../measured-run.ts';
import type { Bracket } from '../search/step-state.ts';
import { fitNonNegative } from '../statistics/non-negative.ts';
import { mean } from '../statistics/quantile.ts';

/** What gives way first. */
export interface LimitingResource {
  /** `unknown`: nothing of the server is seen, or it broke while everything seen had room left. */
  readonly resource: string;
  /** Share of its capacity at the step that broke, else at the largest. */
  readonly utilisation: number;
  /** People with whom it would be used up, by a straight line; undefined when it does not grow. */
  readonly exhaustedAtUsers?: number;
}

/** Used more than this it explains that a step broke. */
const exhaustedShare = 0.7;

const unknown: LimitingResource = { resource: 'unknown', utilisation: 0 };

/** At a step that broke, what was used most; before any broke, what a straight line sees used up first. */
export function limitingResource(runs: readonly MeasuredRun[], { held, broken }: Bracket): LimitingResource {
  const seen = runs.filter((run) => run.purpose === 'step' && isValid(run));
  const at = broken ?? held;
  const resources = at === undefined ? {} : meanUtilisation(at.valid);
  const ranked = Object.entries(resources).map(([resource, utilisation]) => {
    const exhaustedAtUsers = exhaustion(seen, resource);
    return { resource, utilisation, ...(exhaustedAtUsers !== undefined && { exhaustedAtUsers }) };
  });
  if (broken === undefined) return ranked.toSorted(byExhaustion)[0] ?? unknown;
  const [most] = ranked.toSorted((a, b) => b.utilisation - a.utilisation);
  if (most === undefined) return unknown;
  return most.utilisation >= exhaustedShare ? most : { ...unknown, utilisation: most.utilisation };
}

const byExhaustion = (a: LimitingResource, b: LimitingResource) =>
  (a.exhaustedAtUsers ?? Number.POSITIVE_INFINITY) - (b.exhaustedAtUsers ?? Number.POSITIVE_INFINITY);

/** Share of its capacity by resource, mean over runs. */
export function meanUtilisation(runs: readonly MeasuredRun[]): Readonly<Record<string, number>> {
  const names = [...new Set(runs.flatMap(({ server }) => Object.keys(server.utilisation)))];
  return Object.fromEntries(names.map((name) => [name, mean(runs.map(({ server }) => server.utilisation[name] ?? 0))]));
}

function exhaustion(runs: readonly MeasuredRun[], resource: string): number | undefined {
  const rows = runs.map(({ users }) => [1, users]);
  const [base = 0, perUser = 0] = fitNonNegative(
    rows,
    runs.map(({ server }) => server.utilisation[resource] ?? 0),
  );
  return perUser > 0 ? (1 - base) / perUser : undefined;
}
