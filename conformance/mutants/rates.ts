import { type Mutant, mutationKinds } from './mutant.ts';
import type { Fate } from './try-mutant.ts';

export interface Rates extends Readonly<Record<Fate, number>> {
  readonly mutants: number;
  /** Noticed, of all; 1 when there are none. */
  readonly rate: number;
}

type RatesByName = Readonly<Record<string, Rates>>;

/** Rates by kind of lie, by check and by operation. */
export interface GroupedRates {
  readonly byKind: RatesByName;
  readonly byCheck: RatesByName;
  readonly byOperation: RatesByName;
}

interface Fated {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

export const groupedRates = (judged: readonly Fated[]): GroupedRates => ({
  byKind: ratesBy(judged, ({ place }) => place.kind, mutationKinds),
  byCheck: ratesBy(judged, ({ check }) => check),
  byOperation: ratesBy(judged, ({ place }) => place.operation),
});

export const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

export function ratesOf(judged: readonly Fated[]): Rates {
  const counts: Record<Fate, number> = { noticed: 0, open: 0, broken: 0, survived: 0 };
  for (const { fate } of judged) counts[fate] += 1;
  const rate = judged.length === 0 ? 1 : rounded(counts.noticed / judged.length);
  return { mutants: judged.length, ...counts, rate };
}

function ratesBy(judged: readonly Fated[], keyOf: (mutant: Mutant) => string, order?: readonly string[]): RatesByName {
  const groups = Map.groupBy(judged, ({ mutant }) => keyOf(mutant));
  const keys = order ?? [...groups.keys()].toSorted();
  return Object.fromEntries(keys.map((key) => [key, ratesOf(groups.get(key) ?? [])]));
}
