import type { Check } from '../../core/model/check.ts';
import type { CheckOutcome } from '../../core/model/outcome.ts';
import type { HttpDefect } from './defect.ts';
import type { Tools } from './tools.ts';

/** The only way to the tools leads through `conclude`: no check can pass by what the family checks in every answer. */
export interface ConformanceContext {
  conclude(body: (tools: Tools) => Promise<CheckOutcome>): Promise<CheckOutcome>;
}

export type ConformanceCheck = Check<ConformanceContext, HttpDefect>;

interface Entry extends Pick<ConformanceCheck, 'meta' | 'counterexamples'> {
  run(tools: Tools): Promise<CheckOutcome>;
}

export function conformanceCheck({ meta, counterexamples, run }: Entry): ConformanceCheck {
  return { meta, counterexamples, run: (context) => context.conclude(run) };
}

/** Address of a section of the client-server API in the edition the suite stands on. */
export const clause = (anchor: string): string => `https://spec.matrix.org/v1.19/client-server-api/#${anchor}`;
