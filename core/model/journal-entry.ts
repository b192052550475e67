import type { CatalogueEntry, Standing } from './check.ts';
import type { StoredEvidence } from './evidence.ts';
import type { Exercise } from './exercise.ts';
import type { FamilyName } from './family.ts';
import type { Outcome } from './outcome.ts';
import type { Target } from './target.ts';

/** What happened, in order. One per line of the journal; the journal adds number, time and the digest of the line before. */
export type JournalEvent =
  | RunStarted
  | PlanWritten
  | { readonly type: 'checkStarted'; readonly check: string; readonly attempt: number }
  | CheckFinished
  | { readonly type: 'accountsUsed'; readonly accounts: readonly { readonly userId: string; readonly kind: string }[] }
  | { readonly type: 'runFinished'; readonly durationMs: number; readonly interrupted: boolean };

export interface RunStarted {
  readonly type: 'runStarted';
  readonly runId: string;
  readonly stage: string;
  readonly depth: 'standard' | 'full';
  readonly seed: number;
  readonly suiteVersion: string;
  readonly target: Target;
  /** Programs and libraries that took part, name → version. */
  readonly tools: Readonly<Record<string, string>>;
}

/** Written before anything runs: what was not run is visible. */
export interface PlanWritten {
  readonly type: 'planWritten';
  /** Digest of the requirement catalogue the plan was made for. */
  readonly catalogueSha256: string;
  readonly checks: readonly PlannedCheck[];
  /** Families left out by the caller. */
  readonly leftOut: readonly FamilyName[];
}

export interface PlannedCheck extends Pick<CatalogueEntry, 'family' | 'area'> {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly spec?: string;
  readonly standing: Standing;
  /** Absent when the check will run; else the outcome it gets without running. */
  readonly decided?: Outcome;
}

export interface CheckFinished {
  readonly type: 'checkFinished';
  readonly check: string;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly evidence: readonly StoredEvidence[];
  /** Absent where a family does not ask operations of an interface. */
  readonly exercised?: readonly Exercise[];
}

/** A line of the journal. */
export interface JournalEntry {
  readonly number: number;
  /** ISO 8601 with milliseconds, UTC. */
  readonly at: string;
  /** Hex SHA-256 of the line before, 64 zeros for the first. */
  readonly previous: string;
  readonly event: JournalEvent;
}
