import { UsageError } from '../../core/model/usage-error.ts';
import { planLoad, type Schedule } from '../generator/plan-load.ts';
import type { LoginWayName } from '../generator/provisioning/login-way.ts';
import type { Population } from '../population/population.ts';
import type { Scale, Scenario } from '../scenarios/scenario.ts';

/** What the collector of one run is to prepare and judge; written where the manifests are, as a JSON file without secrets. */
export interface CollectPlan {
  /** Version of the suite that wrote it; another one might play something else. */
  readonly suiteVersion: string;
  /** Name of the scenario: `office-day`. */
  readonly scenario: string;
  readonly scale: Scale;
  readonly seed: string;
  /** Default: what the deployment offers. */
  readonly login?: LoginWayName;
  readonly runners: number;
  readonly usersPerVu: number;
  readonly bundleBytes: number;
  /** Whose rooms and messages are played. */
  readonly population: Population;
  /** Of the schedule that all of it leads to. */
  readonly planHash: string;
}

const kinds: Readonly<Record<Exclude<keyof CollectPlan, 'login'>, 'string' | 'number' | 'object'>> = {
  suiteVersion: 'string',
  scenario: 'string',
  scale: 'object',
  seed: 'string',
  runners: 'number',
  usersPerVu: 'number',
  bundleBytes: 'number',
  population: 'object',
  planHash: 'string',
};

/** Throws UsageError in one line when the text is no plan of this version of the suite. */
export function parseCollectPlan(text: string, path: string, suiteVersion: string): CollectPlan {
  const data = parsed(text, path);
  const wrong = Object.entries(kinds).find(([key, kind]) => typeof data[key] !== kind || data[key] === null);
  if (wrong !== undefined) throw noPlan(path, `its key ${wrong[0]} is no ${wrong[1]}`);
  const plan = data as unknown as CollectPlan;
  if (plan.suiteVersion === suiteVersion) return plan;
  throw new UsageError({
    en: `${path} was written by version ${plan.suiteVersion}, this is ${suiteVersion}: write the manifests anew or use the collector image of that version`,
    de: `${path} stammt von Version ${plan.suiteVersion}, dies ist ${suiteVersion}: die Manifeste neu schreiben oder das Sammler-Abbild jener Version verwenden`,
  });
}

function parsed(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  throw noPlan(path, 'it is no JSON object');
}

function noPlan(path: string, why: string): UsageError {
  return new UsageError(`${path} is no plan for the collector, ${why}: write it with "pruefstand load kubernetes"`);
}

/** Throws UsageError when the scenario no longer leads to what the manifests were made for. */
export function scheduleFor(plan: CollectPlan, scenario: Scenario): Schedule {
  const { scale, population, seed, planHash } = plan;
  const schedule = planLoad({ scenario, scale, population, seed });
  if (schedule.planHash === planHash) return schedule;
  throw new UsageError({
    en: `the plan of ${plan.scenario} was made from another schedule: write the manifests anew with this suite`,
    de: `Der Plan zu ${plan.scenario} entstand aus einem anderen Ablauf: die Manifeste mit diesem Prüfstand neu schreiben`,
  });
}
