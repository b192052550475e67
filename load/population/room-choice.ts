import type { RoomRule } from './population.ts';

/** Rooms of the population that a scenario takes place in. */
export interface RoomChoice {
  /** Names of classes in the population's file; their shares of messages are scaled to 1 by themselves. */
  readonly classes: 'all' | readonly string[];
  /** 1: as many conversations and projects for each person as the population has; small runs do with fewer. */
  readonly density: number;
}

/** In the order of the population; undefined where it lacks one of them. */
export function chosenRules(rules: readonly RoomRule[], { classes }: RoomChoice): readonly RoomRule[] | undefined {
  if (classes === 'all') return rules;
  const chosen = rules.filter(({ name }) => classes.includes(name));
  return chosen.length === classes.length ? chosen : undefined;
}
