import type { Random } from '../../core/random.ts';
import type { Mutant } from './mutant.ts';
import type { MutantClass } from './sites.ts';

/** So many mutants, spread evenly over operations and kinds; of equal ones the second comes when all others have had their first. */
export function sampleMutants(classes: readonly MutantClass[], budget: number, random: Random): readonly Mutant[] {
  const groups = [...Map.groupBy(classes, ({ place }) => `${place.operation} ${place.kind}`).values()];
  const queues = groups.map((group) => inTurn(shuffled(group, random)));
  const chosen: Mutant[] = [];
  while (chosen.length < budget) {
    const round = queues.flatMap((queue) => queue.next().value ?? []);
    if (round.length === 0) break;
    chosen.push(...round.slice(0, budget - chosen.length).map((make) => make()));
  }
  return chosen;
}

/** The first of each class, then the second of each, and so on. */
function* inTurn(classes: readonly MutantClass[]): Generator<() => Mutant, undefined> {
  const most = Math.max(...classes.map(({ examples }) => examples.length));
  for (let nth = 0; nth < most; nth++) {
    for (const { examples } of classes) {
      const example = examples[nth];
      if (example !== undefined) yield example;
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
