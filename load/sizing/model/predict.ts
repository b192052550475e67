import type { UslParameters } from '../../../core/model/sizing.ts';
import { UsageError } from '../../../core/model/usage-error.ts';
import { throughputAt } from './usl.ts';

/** Beyond this multiple of what was measured the law has never been seen to hold. */
export const farthestMultiple = 1.5;

export interface PredictOptions {
  readonly parameters: UslParameters;
  /** The most people measured. */
  readonly measuredUsers: number;
  readonly users: number;
  /** The caller marks the figure as extrapolated. */
  readonly extrapolate?: boolean;
}

export const isExtrapolated = (timesMeasured: number): boolean => timesMeasured > farthestMultiple;

/** Throws `UsageError` for so many people far beyond what was measured. */
export function refuseFarther(users: number, measuredUsers: number): void {
  if (!isExtrapolated(users / measuredUsers)) return;
  const most = Math.floor(farthestMultiple * measuredUsers);
  const enough = Math.ceil(users / farthestMultiple);
  throw new UsageError({
    en: `${users} people are more than ${farthestMultiple} times the ${measuredUsers} that were measured; measure up to ${enough}, or ask for at most ${most}`,
    de: `${users} Personen sind mehr als das ${farthestMultiple}-Fache der gemessenen ${measuredUsers}; bis ${enough} messen oder nach höchstens ${most} fragen`,
  });
}

/** Deliveries per second with so many people. Throws `UsageError` far beyond what was measured, unless that is wanted. */
export function predictThroughput({ parameters, measuredUsers, users, extrapolate = false }: PredictOptions): number {
  if (!extrapolate) refuseFarther(users, measuredUsers);
  return throughputAt(parameters, users);
}
