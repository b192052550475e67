import type { Finding } from '../model/finding.ts';
import type { Outcome } from '../model/outcome.ts';

/** By check: findings, as `findingName` writes them, that the untouched reference deployment rightly gives cause for. */
export type TrueFindings = ReadonlyMap<string, readonly string[]>;

/** How a check ended on the untouched deployment. Only a `green` control and one with nothing but true findings prove something. */
export type ControlEnd = 'green' | 'trueFindings' | 'falseAlarm' | 'notApplicable' | 'open' | 'rigFault';

export const findingName = ({ code, where }: Pick<Finding, 'code' | 'where'>): string => `${code} ${where}`;

export function controlEnd(check: string, outcome: Outcome, known: TrueFindings): ControlEnd {
  if (outcome.kind === 'passed') return 'green';
  if (outcome.kind === 'inconclusive') return 'open';
  if (outcome.kind !== 'failed') return outcome.kind;
  const names = new Set(known.get(check));
  return outcome.findings.every((finding) => names.has(findingName(finding))) ? 'trueFindings' : 'falseAlarm';
}

/** Whether the control shows what an untouched deployment looks like to the check. */
export const isSound = (end: ControlEnd): boolean =>
  end === 'green' || end === 'trueFindings' || end === 'notApplicable';
