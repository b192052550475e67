import type { Population, PopulationStage, Unit } from './population.ts';

/** Who takes part in a stage, in the order of the file. */
export function unitsOfStage({ units }: Pick<Population, 'units'>, stage: PopulationStage): readonly Unit[] {
  const { groups, units: names, without = [] } = stage;
  const isNamed = ({ group, name }: Unit) => groups?.includes(group) === true || names?.includes(name) === true;
  const takesPart = groups === undefined && names === undefined ? () => true : isNamed;
  return units.filter((unit) => takesPart(unit) && !without.includes(unit.group));
}

/** The first stage with at least so many accounts; the last one where none has. */
export function stageFor({ stages }: Pick<Population, 'stages'>, people: number): PopulationStage {
  const stage = stages.find((one) => one.people >= people) ?? stages.at(-1);
  if (stage === undefined) throw new RangeError('a population without stages');
  return stage;
}
