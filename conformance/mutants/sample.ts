import type { Random } from '../../core/random.ts';
import type { Mutant } from './mutant.ts';
import type { MutantClass } from './sites.ts';

type Make = () => Mutant;

/** However many operations there are, every check is told some lies. */
const leastOfCheck = 12;

/**
 * So many mutants: some of every check, then spread evenly over operations and kinds; of equal ones the second comes when all
 * others have had their first.
 */
export function sampleMutants(
  byCheck: readonly (readonly MutantClass[])[],
  budget: number,
  random: Random,
): readonly Mutant[] {
  const least = Math.min(leastOfCheck, Math.floor(budget / 2 / Math.max(1, byCheck.length)));
  const chosen = new Set<Make>(byCheck.flatMap((classes) => firstOf(shuffled(classes, random).slice(0, least))));
  const groups = [...Map.groupBy(byCheck.flat(), ({ place }) => `${place.operation} ${place.kind}`).values()];
  const queues = groups.map((group) => inTurn(shuffled(group, random), chosen));
  for (let isLeft = true; isLeft && chosen.size < budget; ) {
    const round = queues.flatMap((queue) => queue.next().value ?? []);
    for (const make of round.slice(0, budget - chosen.size)) chosen.add(make);
    isLeft = round.length > 0;
  }
  return [...chosen].map((make) => make());
}

const firstOf = (classes: readonly MutantClass[]): readonly Make[] =>
  classes.flatMap(({ examples }) => examples.slice(0, 1));

/** The first of each class, then the second of each, and so on, without those there already. */
function* inTurn(classes: readonly MutantClass[], there: ReadonlySet<Make>): Generator<Make, undefined> {
  const most = Math.max(...classes.map(({ examples }) => examples.length));
  for (let nth = 0; nth < most; nth++) {
    for (const { examples } of classes) {
      const example = examples[nth];
      if (example !== undefined && !there.has(example)) yield example;
    }
  }
  return undefined;
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [all[last], all[other]] = [all[other] as T, all[last] as T];
  }
  return all;
}
