import { type Exclusion, exclusions } from './exclusions.ts';
import { explanationOf } from './explanations.ts';
import type { Mutant, MutantPlace } from './mutant.ts';
import { type GroupedRates, groupedRates, type Rates, ratesOf, rounded } from './rates.ts';
import type { Tried } from './try-mutant.ts';

/** One mutant, what the rules say of it and what became of it. */
export interface JudgedMutant extends Tried {
  readonly mutant: Mutant;
  readonly exclusion: Exclusion | undefined;
}

export interface MutationReport extends GroupedRates {
  readonly mutants: number;
  /** Of those that no rule excludes. */
  readonly constrained: Rates;
  readonly all: Rates;
  readonly excluded: {
    readonly total: number;
    readonly share: number;
    readonly byRule: Readonly<Record<string, number>>;
  };
  /** The groups beside are of those that no rule excludes, these of all. */
  readonly overAll: GroupedRates;
  /** What was not noticed although no rule excludes it, the most frequent first. */
  readonly survivors: readonly SurvivorClass[];
  /** Checks that threw over a lie: faults of the check. */
  readonly broken: Readonly<Record<string, readonly string[]>>;
  /** Checks that noticed no lie at all. */
  readonly blind: readonly string[];
  /** Checks whose untouched recording did not give their live outcome: they could not be tried. */
  readonly notReplayable: readonly string[];
}

export interface SurvivorClass extends Omit<MutantPlace, 'kind'> {
  readonly kind: string;
  readonly survived: number;
  readonly open: number;
  readonly checks: readonly string[];
  /** German; absent where nobody wrote an explanation. */
  readonly why?: string;
}

export function mutationReport(judged: readonly JudgedMutant[], notReplayable: readonly string[]): MutationReport {
  const constrained = judged.filter(({ exclusion }) => exclusion === undefined);
  const excluded = judged.length - constrained.length;
  const noticing = new Set(judged.filter(({ fate }) => fate === 'noticed').map(({ mutant }) => mutant.check));
  return {
    mutants: judged.length,
    constrained: ratesOf(constrained),
    all: ratesOf(judged),
    excluded: { total: excluded, share: rounded(excluded / Math.max(1, judged.length)), byRule: countByRule(judged) },
    ...groupedRates(constrained),
    overAll: groupedRates(judged),
    survivors: survivorClasses(constrained),
    broken: brokenChecks(judged),
    blind: [...new Set(judged.map(({ mutant }) => mutant.check))].filter((check) => !noticing.has(check)).toSorted(),
    notReplayable,
  };
}

function countByRule(judged: readonly JudgedMutant[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    exclusions.map(({ rule }) => [rule, judged.filter(({ exclusion }) => exclusion?.rule === rule).length]),
  );
}

function survivorClasses(judged: readonly JudgedMutant[]): readonly SurvivorClass[] {
  const unnoticed = judged.filter(({ fate }) => fate !== 'noticed');
  const classes = Map.groupBy(unnoticed, ({ mutant: { place } }) => JSON.stringify(place));
  return [...classes.values()].flatMap(survivorClass).toSorted(byFrequency);
}

function survivorClass(members: readonly JudgedMutant[]): readonly SurvivorClass[] {
  const [first] = members;
  if (first === undefined) return [];
  const survived = members.filter(({ fate }) => fate === 'survived').length;
  const checks = [...new Set(members.map(({ mutant }) => mutant.check))].toSorted();
  const { place } = first.mutant;
  const why = explanationOf(place)?.why;
  return [{ ...place, survived, open: members.length - survived, checks, ...(why !== undefined && { why }) }];
}

const total = ({ survived, open }: SurvivorClass): number => survived + open;

const nameOf = ({ operation, status, pattern, kind }: SurvivorClass): string =>
  `${operation} ${status} ${pattern} ${kind}`;

function byFrequency(a: SurvivorClass, b: SurvivorClass): number {
  return total(b) - total(a) || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function brokenChecks(judged: readonly JudgedMutant[]): Readonly<Record<string, readonly string[]>> {
  const broken = Map.groupBy(
    judged.filter(({ fate }) => fate === 'broken'),
    ({ mutant }) => mutant.check,
  );
  return Object.fromEntries(
    [...broken].map(([check, its]) => [check, [...new Set(its.flatMap(({ message }) => message ?? []))]]),
  );
}
