import type { RequirementId } from '../../requirements/catalogue.ts';
import type { Capability } from './capability.ts';
import type { FamilyName } from './family.ts';
import type { NonEmpty } from './finding.ts';
import type { CheckOutcome } from './outcome.ts';

export interface CheckMeta {
  /** Equals family, area and file name: `conformance.sync.sync-initial`. */
  readonly id: string;
  /** German sentence: what holds when the check passes. */
  readonly title: string;
  readonly requirements: NonEmpty<RequirementId>;
  readonly needs: readonly Capability[];
  readonly timeoutMs: number;
  /** German: what it waits for, where time must pass and no speed of the target shortens it. */
  readonly waits?: string;
  /** Keeps the target so busy that it would disturb others: runs after them, by itself. */
  readonly alone?: true;
  /** Takes so long that it is left to a run at full depth, or to who asks for it by name. */
  readonly depth?: 'full';
  /** Clause or address of the rule the check stands on. */
  readonly spec?: string;
  /** Default `normative`. */
  readonly standing?: Standing;
  /** Row of the suite's table of checks that this check builds, where the id's last part does not say it. */
  readonly rows?: readonly string[];
  /** Numbers of the known attacks on Matrix cryptography that this check stages. */
  readonly attacks?: readonly number[];
}

/**
 * What a rule is: it obliges (`normative`), is only told (`informative`), is proposed and not yet part of the specification
 * (`proposed`, an MSC), or is what the operator wants (`wish`).
 */
export type Standing = 'normative' | 'informative' | 'proposed' | 'wish';

/** A defect of the target that the check must notice; it alters only what the target answers or is. */
export interface Counterexample<Defect> {
  readonly title: string;
  readonly defect: Defect;
  /** Code of the finding that must appear. */
  readonly expectFinding: string;
}

/** One file, one check, one export. A deterministic function of its seed and of what the target answers. */
export interface Check<Context, Defect> {
  readonly meta: CheckMeta;
  readonly counterexamples: NonEmpty<Counterexample<Defect>>;
  /** Returns findings; throws only when the bench is broken. */
  run(context: Context): Promise<CheckOutcome>;
}

/** A check as the engine sees it, whatever its family's context. */
export interface CatalogueEntry {
  readonly family: FamilyName;
  readonly area: string;
  readonly meta: CheckMeta;
  readonly counterexamples: readonly { readonly title: string; readonly expectFinding: string }[];
}
