import { fingerprintOf } from '../model/finding.ts';
import type { JournalEvent } from '../model/journal-entry.ts';
import type { Outcome } from '../model/outcome.ts';

/** Ends of one check that differ although nothing was changed between its attempts. */
export interface ChangedOutcome {
  readonly check: string;
  /** How often it ended in each way: `passed`, or `failed` with the findings. */
  readonly ends: Readonly<Record<string, number>>;
}

/** Checks that did not end alike in all their attempts: what they say depends on chance. */
export function changedOutcomes(events: readonly JournalEvent[]): ChangedOutcome[] {
  const ends = new Map<string, Map<string, number>>();
  for (const event of events) {
    if (event.type !== 'checkFinished') continue;
    const counts = ends.get(event.check) ?? new Map<string, number>();
    const end = endOf(event.check, event.outcome);
    ends.set(event.check, counts.set(end, (counts.get(end) ?? 0) + 1));
  }
  return [...ends]
    .filter(([, counts]) => counts.size > 1)
    .map(([check, counts]) => ({ check, ends: Object.fromEntries(counts) }));
}

function endOf(check: string, outcome: Outcome): string {
  if (outcome.kind !== 'failed') return outcome.kind;
  return `failed: ${outcome.findings
    .map((finding) => fingerprintOf(check, finding))
    .toSorted()
    .join(' ')}`;
}
