import { type CheckOutcome, inconclusive, outcomeOf } from '../../core/model/outcome.ts';
import { PremiseError } from './premise.ts';
import type { Ledger } from './validation.ts';

/**
 * Joins what the check found with what the family saw by itself. A check whose answers were compared with no schema
 * cannot pass: it may have looked at nothing.
 */
export async function conclude(body: () => Promise<CheckOutcome>, ledger: Ledger): Promise<CheckOutcome> {
  const outcome = await body().catch(openQuestion);
  const own = outcome.kind === 'failed' ? outcome.findings : [];
  const all = [...own, ...ledger.findings];
  if (all.length > 0) {
    return outcomeOf(all, '', 'measurements' in outcome ? outcome.measurements : undefined);
  }
  if (outcome.kind === 'passed' && ledger.validated === 0) {
    return inconclusive('Keine Antwort konnte mit einem Schema der Spezifikation verglichen werden.');
  }
  return outcome;
}

function openQuestion(thrown: unknown): CheckOutcome {
  if (thrown instanceof PremiseError) return inconclusive(thrown.message);
  throw thrown;
}
