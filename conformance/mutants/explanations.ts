import type { SurvivorClass } from './mutation-report.ts';

/** Why classes of lies that the specification speaks against are not noticed. */
export interface Explanation {
  /** German. */
  readonly why: string;
  readonly covers: (survivor: Omit<SurvivorClass, 'survived' | 'open' | 'checks'>) => boolean;
}

/** The first that covers a class counts. */
export const explanations: readonly Explanation[] = [];

export const explanationOf = (survivor: SurvivorClass): Explanation | undefined =>
  explanations.find(({ covers }) => covers(survivor));
