import type { ActivityProfileName, Population, Unit } from '../../population/population.ts';
import { unitsOfStage } from '../../population/stages.ts';
import type { DemandAssumptions } from './first-order.ts';

/** A rung of the ladder of populations. */
export interface Stage {
  /** German, for the report. */
  readonly name: string;
  readonly accounts: number;
  /** How its people use the messenger, where that differs from the whole. */
  readonly use?: Partial<DemandAssumptions>;
}

type Use = Pick<DemandAssumptions, 'onlineShare' | 'devicesPerPerson' | 'dailyShare' | 'busyHourShare'>;

/** The stages of an administration; offices and shift services are weighted by their people. */
export function stagesFrom(population: Population): readonly Stage[] {
  return population.stages.map((stage) => ({
    name: stage.title,
    accounts: stage.people,
    use: useOf(population, unitsOfStage(population, stage)),
  }));
}

/** What the whole population takes for granted, in place of the defaults. */
export function assumptionsFrom(
  population: Population,
  profile: ActivityProfileName,
  defaults: DemandAssumptions,
): DemandAssumptions {
  const { messagesPerDay } = population.profiles[profile];
  const mediaShare = population.perMessage.media;
  return { ...defaults, ...useOf(population, population.units), profile, messagesPerDay, mediaShare };
}

function useOf({ patterns }: Population, units: readonly Unit[]): Use {
  const people = units.reduce((sum, unit) => sum + unit.people, 0);
  const weighted = (pick: (pattern: Population['patterns']['office']) => number) =>
    units.reduce((sum, unit) => sum + pick(patterns[unit.pattern]) * unit.people, 0) / people;
  const curve = patterns.office.curve.map((_, hour) => weighted((pattern) => pattern.curve[hour] ?? 0));
  const onlineShare = weighted(({ online }) => online.day);
  return {
    onlineShare,
    devicesPerPerson: weighted(({ online, devices }) => online.day * devices) / onlineShare,
    dailyShare: weighted(({ writing }) => writing),
    busyHourShare: Math.max(...curve),
  };
}
