import { type Finding, fingerprintOf, type KnownDeviation } from '../model/finding.ts';
import type { Outcome } from '../model/outcome.ts';

/** Accepted deviations by fingerprint; expired ones are no longer among them. */
export type DeviationRegister = ReadonlyMap<string, KnownDeviation>;

/** Marks what the register knows: it stays a deviation, and the judge can tell it from a new one. */
export function withKnownDeviations(checkId: string, outcome: Outcome, register: DeviationRegister): Outcome {
  if (outcome.kind !== 'failed') return outcome;
  const marked = (finding: Finding): Finding => {
    const known = register.get(fingerprintOf(checkId, finding));
    return known === undefined ? finding : { ...finding, known };
  };
  const [first, ...rest] = outcome.findings;
  return { ...outcome, findings: [marked(first), ...rest.map(marked)] };
}
