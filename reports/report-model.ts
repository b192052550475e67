import { exitCodeOf } from '../core/judge/exit-code.ts';
import { judge, outcomesFrom, plannedChecks } from '../core/judge/judge.ts';
import type { Verdict, VerdictKind } from '../core/judge/verdict.ts';
import type { StoredEvidence } from '../core/model/evidence.ts';
import type { FamilyName } from '../core/model/family.ts';
import type { JournalEntry, JournalEvent, PlannedCheck, RunStarted } from '../core/model/journal-entry.ts';
import type { Outcome, OutcomeKind } from '../core/model/outcome.ts';
import type { Sequence } from '../core/model/sequence.ts';
import type { Requirement } from '../requirements/catalogue.ts';

/** Everything a renderer may know: recomputed from the run folder alone. */
export interface ReportModel {
  readonly run: RunStarted & { readonly startedAt: string };
  /** Undefined when the run ended before its last line was written. */
  readonly finished: { readonly at: string; readonly durationMs: number; readonly interrupted: boolean } | undefined;
  readonly verdicts: readonly { readonly requirement: Requirement; readonly verdict: Verdict }[];
  readonly verdictCounts: Readonly<Record<VerdictKind, number>>;
  readonly checks: readonly ReportedCheck[];
  readonly outcomeCounts: Readonly<Record<OutcomeKind, number>>;
  /** Families the caller left out, so that their checks are not even planned. */
  readonly leftOut: readonly FamilyName[];
  readonly accounts: readonly { readonly userId: string; readonly kind: string }[];
  readonly exitCode: 0 | 1 | 3;
  readonly journal: {
    readonly entries: number;
    readonly lastLineSha256: string;
    /** German one-liners about the whole folder; empty when nothing was altered. */
    readonly problems: readonly string[];
    readonly torn: boolean;
  };
}

export interface ReportedCheck extends PlannedCheck {
  /** Undefined when planned but never concluded. */
  readonly outcome: Outcome | undefined;
  readonly durationMs: number;
  readonly evidence: readonly StoredEvidence[];
  /** Who sent what to whom, where it was recorded. */
  readonly sequence?: Sequence;
}

export interface ModelInput {
  readonly entries: readonly JournalEntry[];
  readonly requirements: readonly Requirement[];
  readonly lastLineSha256: string;
  readonly problems: readonly string[];
  readonly torn: boolean;
  /** What the evidence tells of who sent what to whom. */
  sequenceIn?(evidence: readonly StoredEvidence[]): Sequence | undefined;
}

/** Pure. Undefined when the journal does not even hold the start of a run. */
export function reportModelFrom(input: ModelInput): ReportModel | undefined {
  const { entries, requirements } = input;
  const first = entries[0];
  if (first?.event.type !== 'runStarted') return undefined;
  const events = entries.map(({ event }) => event);
  const verdicts = judge(requirements, events);
  const checks = reportedChecks(events, input);
  return {
    run: { ...first.event, startedAt: first.at },
    finished: finishOf(entries),
    verdicts: verdictsWithRequirements(requirements, verdicts),
    verdictCounts: count(
      ['met', 'violated', 'notAssessed', 'notApplicable', 'accepted'],
      verdicts.map(({ kind }) => kind),
    ),
    checks,
    outcomeCounts: count(
      ['passed', 'failed', 'notApplicable', 'inconclusive', 'rigFault'],
      checks.flatMap(({ outcome }) => (outcome ? [outcome.kind] : [])),
    ),
    leftOut: events.findLast((event) => event.type === 'planWritten')?.leftOut ?? [],
    accounts: events.flatMap((event) => (event.type === 'accountsUsed' ? event.accounts : [])),
    exitCode: exitCodeOf(verdicts, { sound: isSound(input) }),
    journal: {
      entries: entries.length,
      lastLineSha256: input.lastLineSha256,
      problems: input.problems,
      torn: input.torn,
    },
  };
}

/** A run that broke off, was stopped or altered carries no release, whatever it says. */
function isSound({ entries, problems }: ModelInput): boolean {
  const finished = finishOf(entries);
  return finished !== undefined && !finished.interrupted && problems.length === 0;
}

function verdictsWithRequirements(
  requirements: readonly Requirement[],
  verdicts: readonly Verdict[],
): ReportModel['verdicts'] {
  const byId = new Map(verdicts.map((verdict) => [verdict.requirement, verdict]));
  return requirements.flatMap((requirement) => {
    const verdict = byId.get(requirement.id);
    return verdict ? [{ requirement, verdict }] : [];
  });
}

function reportedChecks(events: readonly JournalEvent[], { sequenceIn }: ModelInput): readonly ReportedCheck[] {
  const outcomes = outcomesFrom(events);
  return plannedChecks(events).map((check) => {
    const runs = events.flatMap((event) => (event.type === 'checkFinished' && event.check === check.id ? [event] : []));
    const evidence = runs.flatMap((run) => run.evidence);
    const sequence = sequenceIn?.(evidence);
    return {
      ...check,
      title: withoutFullStop(check.title),
      outcome: outcomes.get(check.id) ?? check.decided,
      durationMs: runs.reduce((sum, run) => sum + run.durationMs, 0),
      evidence,
      ...(sequence && { sequence }),
    };
  });
}

/** Titles stand in lists and headings; some authors end them as sentences. */
const withoutFullStop = (title: string) => title.replace(/(?<!\.)\.$/, '');

function finishOf(entries: readonly JournalEntry[]): ReportModel['finished'] {
  const last = entries.findLast(({ event }) => event.type === 'runFinished');
  if (last?.event.type !== 'runFinished') return undefined;
  return { at: last.at, durationMs: last.event.durationMs, interrupted: last.event.interrupted };
}

function count<K extends string>(kinds: readonly K[], seen: readonly K[]): Readonly<Record<K, number>> {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<K, number>;
  for (const kind of seen) counts[kind] += 1;
  return counts;
}
