import type { Sizing } from '../../core/model/sizing.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { predictThroughput, refuseFarther } from '../../load/sizing/model/predict.ts';
import { integerOption, type ParsedOptions } from '../options.ts';
import type { SizeWish } from './search-plan.ts';

export interface Prediction {
  readonly users: number;
  /** Deliveries per second. */
  readonly throughput: number;
}

/** How many people a prediction is wanted for. Throws `UsageError` at once when the given steps are too small for it. */
export function wantedPrediction(values: ParsedOptions['values'], { plan }: SizeWish): number | undefined {
  const users = integerOption('predict', values['predict'], { min: 1, max: 10_000_000 });
  if (users !== undefined && plan.steps !== undefined) refuseFarther(users, Math.max(...plan.steps));
  return users;
}

/** By the fitted law. Throws `UsageError` when too little was measured for it. */
export function predictionOf({ parameters, steps }: Sizing, users: number): Prediction {
  const measured = steps.filter(({ runs }) => runs > 0).map((step) => step.users);
  if (parameters !== null)
    return { users, throughput: predictThroughput({ parameters, measuredUsers: Math.max(...measured), users }) };
  throw new UsageError({
    en: `too few steps were measured to predict ${users} people: three are needed, there are ${measured.length}`,
    de: `zu wenige Stufen gemessen, um ${users} Personen vorherzusagen: drei sind nötig, es sind ${measured.length}`,
  });
}
