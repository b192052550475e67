import type { Finding } from '../../core/model/finding.ts';
import { type CheckOutcome, inconclusive } from '../../core/model/outcome.ts';
import { PremiseError } from './premise.ts';

/** What the family saw by itself while the check ran. */
export interface FamilyView {
  readonly findings: readonly Finding[];
  /** Whether there was anything to judge by. */
  readonly looked: boolean;
  /** German: what to tell when there was not. */
  readonly nothing: string;
}

/** Joins what the check found with what the family saw. A check that has looked at nothing cannot pass. */
export async function conclude(body: () => Promise<CheckOutcome>, view: () => FamilyView): Promise<CheckOutcome> {
  const outcome = await body().catch(openQuestion);
  const { findings, looked, nothing } = view();
  const itself = outcome.kind === 'passed' && !looked ? inconclusive(nothing) : outcome;
  const [first, ...rest] = [...(itself.kind === 'failed' ? itself.findings : []), ...findings];
  if (first === undefined) return itself;
  return {
    kind: 'failed',
    findings: [first, ...rest],
    ...('measurements' in itself && itself.measurements && { measurements: itself.measurements }),
    ...(itself.kind !== 'failed' && { otherwise: itself }),
  };
}

function openQuestion(thrown: unknown): CheckOutcome {
  if (thrown instanceof PremiseError) return inconclusive(thrown.message);
  throw thrown;
}
