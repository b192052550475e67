/** Who sent what to whom while a check ran, as far as a reader follows it: kinds and numbers, never content. */
export interface Sequence {
  /** From left to right. */
  readonly participants: readonly string[];
  readonly steps: readonly SequenceStep[];
  /** Requests that told nothing new, e.g. polls without an answer. */
  readonly unshown: number;
}

export interface SequenceStep {
  readonly from: string;
  readonly to: string;
  /** German. */
  readonly text: string;
  /** How often it happened about that time. */
  readonly count: number;
}

/** Evidence that is a Sequence as JSON; reports draw it. */
export const sequenceMediaType = 'application/vnd.pruefstand.sequence+json';
