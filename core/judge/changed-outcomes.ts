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
  return [...endsByCheck(events)]
    .filter(([, counts]) => counts.size > 1)
    .map(([check, counts]) => ({ check, ends: Object.fromEntries(counts) }));
}

/** How much of a family depends on chance. */
export interface FlakeRate {
  readonly family: string;
  /** Checks that ended at least twice. */
  readonly repeated: number;
  readonly changed: number;
  /** Of the repeated ones, from 0 to 1. */
  readonly share: number;
}

/** For each family with a check that ended more than once: the share of its checks that did not end alike. */
export function flakeRates(events: readonly JournalEvent[]): FlakeRate[] {
  const repeated = [...endsByCheck(events)].filter(([, counts]) => sumOf(counts) > 1);
  const families = Map.groupBy(repeated, ([check]) => check.split('.', 1)[0] ?? check);
  return [...families].map(([family, checks]) => {
    const changed = checks.filter(([, counts]) => counts.size > 1).length;
    return { family, repeated: checks.length, changed, share: changed / checks.length };
  });
}

const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, one) => sum + one, 0);

/** By check: how often it ended in each way. */
function endsByCheck(events: readonly JournalEvent[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const ends = new Map<string, Map<string, number>>();
  for (const event of events) {
    if (event.type !== 'checkFinished') continue;
    const counts = ends.get(event.check) ?? new Map<string, number>();
    const end = endOf(event.check, event.outcome);
    ends.set(event.check, counts.set(end, (counts.get(end) ?? 0) + 1));
  }
  return ends;
}

function endOf(check: string, outcome: Outcome): string {
  if (outcome.kind !== 'failed') return outcome.kind;
  return `failed: ${outcome.findings
    .map((finding) => fingerprintOf(check, finding))
    .toSorted()
    .join(' ')}`;
}
