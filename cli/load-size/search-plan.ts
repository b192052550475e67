import { UsageError } from '../../core/model/usage-error.ts';
import { defaultKneeLevels } from '../../load/sizing/search/knee-levels.ts';
import { runsForVerdict, type SearchPlan } from '../../load/sizing/search/next-run.ts';
import { integerOption, type ParsedOptions } from '../options.ts';

/** What the options of `load size` ask for. */
export interface SizeWish {
  readonly plan: SearchPlan;
  readonly durationS: number;
  readonly compression: number;
}

export const sizeOptions = {
  steps: { type: 'string' },
  runs: { type: 'string' },
  'step-duration': { type: 'string' },
  compression: { type: 'string' },
  quick: { type: 'boolean' },
  predict: { type: 'string' },
  out: { type: 'string' },
} as const;

const mostUsers = 100_000;

export function sizeWish(values: ParsedOptions['values'], seed: number): SizeWish {
  const isQuick = values['quick'] === true;
  const runs = integerOption('runs', values['runs'], { min: 1, max: 100 });
  const durationS = integerOption('step-duration', values['step-duration'], { min: 10, max: 86_400 });
  const steps = stepsFrom(values['steps']);
  return {
    plan: {
      ...(steps && { steps }),
      startUsers: 100,
      maxUsers: mostUsers,
      climbFactor: 2,
      maxSteps: isQuick ? 5 : 6,
      precision: 0.05,
      runs: runs ?? (isQuick ? 1 : runsForVerdict),
      seed: String(seed),
      levels: defaultKneeLevels,
    },
    durationS: durationS ?? (isQuick ? 20 : 50),
    compression: integerOption('compression', values['compression'], { min: 1, max: 10_000 }) ?? 100,
  };
}

function stepsFrom(value: string | boolean | undefined): readonly number[] | undefined {
  if (typeof value !== 'string') return undefined;
  const steps = value
    .split(',')
    .map((word) => integerOption('steps', word.trim() || 'nothing', { min: 2, max: mostUsers }) ?? 0);
  if (new Set(steps).size === steps.length) return steps;
  throw new UsageError({
    en: `--steps names a number of people twice: ${value}`,
    de: `--steps nennt eine Personenzahl zweimal: ${value}`,
  });
}

/** The plan within what the target's owner allows. Throws `UsageError` before anything is measured when a given step is larger. */
export function allowedPlan(plan: SearchPlan, mayStressUsers: number): SearchPlan {
  const tooLarge = plan.steps?.find((step) => step > mayStressUsers);
  if (tooLarge !== undefined || mayStressUsers < 2)
    throw new UsageError({
      en: `the target allows load of up to ${mayStressUsers} people, wanted are ${tooLarge ?? plan.startUsers}; have the permission in the target file raised`,
      de: `das Ziel erlaubt Last von bis zu ${mayStressUsers} Personen, verlangt sind ${tooLarge ?? plan.startUsers}; die Erlaubnis in der Zieldatei erweitern lassen`,
    });
  return { ...plan, maxUsers: Math.min(plan.maxUsers, mayStressUsers) };
}
