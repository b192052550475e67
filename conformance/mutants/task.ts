import type { Mutant } from './mutant.ts';
import type { Tried } from './try-mutant.ts';

/** Mutants of one check for one worker. */
export interface Task {
  readonly check: string;
  readonly mutants: readonly Mutant[];
}

export interface TaskResult {
  readonly check: string;
  /** Whether the untouched recording gave the outcome it gave live; if not, no mutant of it was tried. */
  readonly isReplayable: boolean;
  /** In the order of the mutants. */
  readonly tried: readonly Tried[];
}
