import type { Finding } from '../model/finding.ts';
import type { OutcomeKind } from '../model/outcome.ts';

export type VerdictKind = 'met' | 'violated' | 'notAssessed' | 'notApplicable' | 'accepted';

/** The answer to one requirement, with everything needed to recompute and to explain it. */
export interface Verdict {
  readonly requirement: string;
  readonly kind: VerdictKind;
  readonly reasons: readonly Reason[];
  /** The checks that spoke to it and how they ended. */
  readonly checks: readonly { readonly id: string; readonly outcome: OutcomeKind | 'notRun' }[];
  readonly findings: readonly JudgedFinding[];
}

/** Why a verdict is what it is; renderers put it into words. */
export type Reason =
  | { readonly kind: 'finding'; readonly check: string; readonly title: string }
  | {
      readonly kind: 'knownDeviation';
      readonly check: string;
      readonly title: string;
      readonly issue: string;
      readonly text: string;
      readonly until: string;
    }
  | { readonly kind: 'noCheck' }
  | { readonly kind: 'notRun'; readonly check: string }
  | { readonly kind: 'inconclusive'; readonly check: string; readonly text: string }
  | { readonly kind: 'rigFault'; readonly check: string; readonly text: string }
  | { readonly kind: 'notApplicable'; readonly check: string; readonly text: string }
  | { readonly kind: 'open'; readonly text: string }
  | { readonly kind: 'humanEvidenceMissing'; readonly text: string };

export interface JudgedFinding extends Finding {
  readonly check: string;
  readonly fingerprint: string;
}
