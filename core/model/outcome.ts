import type { Finding, NonEmpty } from './finding.ts';
import type { RigErrorCode } from './rig-error.ts';

/** What a check returns. */
export type CheckOutcome =
  | { readonly kind: 'passed'; readonly observed: string; readonly measurements?: Measurements }
  | {
      readonly kind: 'failed';
      readonly findings: NonEmpty<Finding>;
      readonly measurements?: Measurements;
      /** For requirements none of the findings concerns: how the check ended there. */
      readonly otherwise?: Exclude<CheckOutcome, { readonly kind: 'failed' }>;
    }
  | { readonly kind: 'notApplicable'; readonly reason: string }
  | { readonly kind: 'inconclusive'; readonly reason: string; readonly measurements?: Measurements };

/** The runner adds: the bench itself broke. */
export type Outcome =
  | CheckOutcome
  | { readonly kind: 'rigFault'; readonly code: RigErrorCode; readonly message: string };

export type OutcomeKind = Outcome['kind'];

/** Figures behind an outcome, e.g. percentiles in ms and time series for curves. Keys carry their unit. */
export interface Measurements {
  readonly figures: Readonly<Record<string, number>>;
  readonly series?: readonly Series[];
}

/** One curve: `points` are [seconds since start, value]. */
export interface Series {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly (readonly [number, number])[];
}

export const passed = (observed: string, measurements?: Measurements): CheckOutcome => ({
  kind: 'passed',
  observed,
  ...(measurements && { measurements }),
});

export const inconclusive = (reason: string): CheckOutcome => ({ kind: 'inconclusive', reason });

export const notApplicable = (reason: string): CheckOutcome => ({ kind: 'notApplicable', reason });

/** Passed when nothing was found, failed with everything that was. */
export function outcomeOf(findings: readonly Finding[], observed: string, measurements?: Measurements): CheckOutcome {
  const [first, ...rest] = findings;
  if (first === undefined) return passed(observed, measurements);
  return { kind: 'failed', findings: [first, ...rest], ...(measurements && { measurements }) };
}
