import type { Check } from '../../core/model/check.ts';
import type { VariantName } from '../../core/model/lab.ts';
import type { CheckOutcome } from '../../core/model/outcome.ts';
import type { ArrivalDefect } from './arrival-defect.ts';
import type { HttpDefect } from './defect.ts';
import type { Tools } from './tools.ts';

/** The only way to the tools leads through `conclude`: no check can pass by what the family checks in every answer. */
export interface ConformanceContext {
  /**
   * With a variant the body runs on that variant of the reference deployment when the target lacks what it asks about
   * (`notApplicable`), and on nothing else when the check is for the lab.
   */
  conclude(body: (tools: Tools) => Promise<CheckOutcome>, variant?: VariantName): Promise<CheckOutcome>;
}

/** The target seems to answer, or to ask servers of the bench, otherwise than it does. */
export type ConformanceDefect = HttpDefect | ArrivalDefect;

export type ConformanceCheck = Check<ConformanceContext, ConformanceDefect>;

interface Entry extends Pick<ConformanceCheck, 'meta' | 'counterexamples'> {
  run(tools: Tools): Promise<CheckOutcome>;
  /** Where to look when the target does not have it; a check that needs the lab looks there only. */
  readonly variant?: VariantName;
}

export function conformanceCheck({ meta, counterexamples, run, variant }: Entry): ConformanceCheck {
  return { meta, counterexamples, run: (context) => context.conclude(run, variant) };
}

/** Address of a section of the client-server API in the edition the suite stands on. */
export const clause = (anchor: string): string => `https://spec.matrix.org/v1.19/client-server-api/#${anchor}`;
