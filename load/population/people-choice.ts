import type { PatternName, Population, Unit } from './population.ts';
import { stageFor, unitsOfStage } from './stages.ts';

/** Who takes part in a scenario, where it is not everybody of the smallest stage that has enough people. */
export interface PeopleChoice {
  /** Key of a stage. */
  readonly stage?: string;
  /** Only units that work so. */
  readonly pattern?: PatternName;
}

/** Units of the stage chosen, else of the smallest one with so many people of that kind; empty where there are none. */
export function unitsFor(
  population: Population,
  count: number,
  { stage, pattern }: PeopleChoice = {},
): readonly Unit[] {
  const stages = population.stages.filter(({ key }) => stage === undefined || key === stage);
  const unitsIn = (one: Population['stages'][number]) =>
    unitsOfStage(population, one).filter((unit) => pattern === undefined || unit.pattern === pattern);
  if (stages.length === 0) return [];
  if (pattern === undefined) return unitsIn(stageFor({ stages }, count));
  const peopleIn = (units: readonly Unit[]) => units.reduce((sum, { people }) => sum + people, 0);
  const enough = stages.map(unitsIn).find((units) => peopleIn(units) >= count);
  return enough ?? stages.map(unitsIn).at(-1) ?? [];
}
