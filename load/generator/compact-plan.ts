import type { Text } from '../../core/model/text.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { drawMessages, type MessageTable } from '../population/message-table.ts';
import { organiseRooms } from '../population/organise-rooms.ts';
import { type People, scalePeople } from '../population/people.ts';
import { unitsFor } from '../population/people-choice.ts';
import type { Population } from '../population/population.ts';
import { busiestHour, dayRate, type Rate } from '../population/rate.ts';
import { chosenRules } from '../population/room-choice.ts';
import { layOutRooms } from '../population/room-layout.ts';
import { type RoomsOfPeople, type RoomTable, roomsOfPeople } from '../population/room-table.ts';
import type { Scale, Scenario } from '../scenarios/scenario.ts';

export interface PlanOptions {
  readonly scenario: Pick<Scenario, 'people' | 'rooms' | 'profile' | 'day'>;
  readonly scale: Pick<Scale, 'users' | 'rampS' | 'durationS' | 'compression'>;
  readonly population: Population;
  readonly seed: string;
}

/** Everything that will happen, in a few bytes for each membership and message: the whole of a Land fits into memory. */
export interface CompactPlan {
  readonly people: People;
  readonly table: RoomTable;
  readonly own: RoomsOfPeople;
  readonly messages: MessageTable;
  readonly arrivalsMs: Int32Array;
}

/** Throws UsageError when the population does not have so many people or such rooms. */
export function compactPlan({ scenario, scale, population, seed }: PlanOptions): CompactPlan {
  const people = peopleOf({ scenario, scale, population });
  const table = roomsFor(scenario, population, people, seed);
  const own = roomsOfPeople(table, people.count);
  const rateOf = ratesOf(people, { scenario, scale, population, seed });
  const messages = drawMessages({ people: people.count, table, own, rateOf, seed });
  const arrivalsMs = Int32Array.from({ length: people.count }, (_, user) => arrivalMs(user, scale));
  return { people, table, own, messages, arrivalsMs };
}

/** Those connected at the same time. */
function peopleOf({ scenario, scale, population }: Omit<PlanOptions, 'seed'>): People {
  const { users: count } = scale;
  const { stages } = population;
  const most = stages.reduce((a, b) => (b.people > a.people ? b : a));
  if (count > most.people) {
    throw misfit(population, {
      de: `${count} Personen, die größte Stufe (${most.title}) hat ${most.people}; weniger wählen oder eine Stufe ergänzen.`,
      en: `${count} people, the largest stage (${most.title}) has ${most.people}; choose fewer or add a stage.`,
    });
  }
  const units = unitsFor(population, count, scenario.people);
  if (units.length > 0) return scalePeople({ ...population, units, count, of: 'online' });
  const { stage = '', pattern = '' } = scenario.people ?? {};
  throw misfit(population, {
    de: `das Szenario braucht Einrichtungen (${stage}${pattern}), die es nicht gibt; eine ergänzen oder ein anderes wählen.`,
    en: `the scenario needs units (${stage}${pattern}) that are not there; add one or choose another scenario.`,
  });
}

function roomsFor({ rooms }: PlanOptions['scenario'], population: Population, people: People, seed: string): RoomTable {
  if (!('classes' in rooms)) return layOutRooms(people.count, rooms);
  const rules = chosenRules(population.rooms, rooms);
  if (rules !== undefined) return organiseRooms({ people, rules, density: rooms.density, seed });
  const wanted = [rooms.classes].flat().join(', ');
  const there = population.rooms.map(({ name }) => name).join(', ');
  throw misfit(population, {
    de: `das Szenario braucht Räume der Klassen ${wanted}, es gibt ${there}.`,
    en: `the scenario needs rooms of the classes ${wanted}, there are ${there}.`,
  });
}

function misfit({ name }: Population, text: Exclude<Text, string>): UsageError {
  return new UsageError({ de: `${name}: ${text.de}`, en: `${name}: ${text.en}` });
}

/** The hours of the scenario's day, or the busiest one of these people for the whole run. */
function ratesOf(people: People, { scenario, scale, population }: PlanOptions): (person: number) => Rate {
  const { firstOf, units } = people;
  const perUnit = units.map(({ pattern }, unit) => ({
    people: (firstOf[unit + 1] ?? 0) - (firstOf[unit] ?? 0),
    curve: population.patterns[pattern].curve,
  }));
  const busiest = busiestHour(perUnit);
  const hours = scenario.day ?? { fromHour: busiest, untilHour: busiest + 1 };
  const perDay = population.profiles[scenario.profile].messagesPerDay;
  const day = { perDay, compression: scale.compression, hours, durationMs: scale.durationS * 1_000 };
  const rates = perUnit.map(({ curve }) => dayRate({ ...day, curve }));
  let unit = 0;
  return (person) => {
    if (person < (firstOf[unit] ?? 0)) unit = 0;
    while (person >= (firstOf[unit + 1] ?? Number.POSITIVE_INFINITY)) unit++;
    return rates[unit] ?? { endsMs: [], perMs: [] };
  };
}

/** Evenly over the first four fifths of the ramp; in the rest the last ones come online. */
function arrivalMs(user: number, { users, rampS }: PlanOptions['scale']): number {
  return Math.round(-rampS * 1_000 + (rampS * 800 * user) / users);
}
