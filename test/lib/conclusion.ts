import type { Outcome } from '../../core/model/outcome.ts';
import { findingName } from '../../core/run/control-end.ts';

/** `passed`, the findings (`code where`) in order, or why nothing was concluded. */
export function conclusionOf(outcome: Outcome): string | readonly string[] {
  if (outcome.kind === 'passed') return 'passed';
  if (outcome.kind === 'failed') return outcome.findings.map(findingName).toSorted();
  return `${outcome.kind}: ${outcome.kind === 'rigFault' ? outcome.message : outcome.reason}`;
}
