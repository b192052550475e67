import type { Text } from '../../core/model/text.ts';
import type { Origin, Population, RoomRule } from './population.ts';
import { unitsOfStage } from './stages.ts';

/** The first thing that does not fit together although each entry alone is in order; undefined when all does. */
export function populationProblem(population: Population): Text | undefined {
  return (
    totalProblem(population) ??
    nameProblem(population) ??
    sourceProblem(population) ??
    curveProblem(population) ??
    roomProblem(population.rooms) ??
    stageProblem(population)
  );
}

function totalProblem({ total, units }: Population): Text | undefined {
  const found = sum(units.filter(({ beyond }) => beyond !== true).map(({ people }) => people));
  if (found === total.people) return undefined;
  return {
    de: `/units: zusammen ${found} Personen, total nennt ${total.people}`,
    en: `/units: ${found} people together, total says ${total.people}`,
  };
}

function nameProblem({ units, rooms, stages }: Population): Text | undefined {
  const lists = { units: units.map(({ name }) => name), rooms: rooms.map(({ name }) => name) };
  const named = Object.entries({ ...lists, stages: stages.map(({ key }) => key) });
  for (const [key, names] of named) {
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice === undefined) continue;
    return { de: `/${key}: „${twice}“ steht zweimal da`, en: `/${key}: "${twice}" is there twice` };
  }
  return undefined;
}

function sourceProblem({ sources, total, units, patterns, profiles, perMessage, rooms }: Population): Text | undefined {
  const origins: Record<string, Origin> = { total, perMessage };
  for (const [key, list] of Object.entries({ units, rooms, patterns, profiles })) {
    for (const [place, origin] of Object.entries(list)) origins[`${key}/${place}`] = origin;
  }
  for (const [place, { source }] of Object.entries(origins)) {
    if (source === undefined || source in sources) continue;
    const at = `/${place}/source`;
    return { de: `${at}: „${source}“ steht nicht unter sources`, en: `${at}: "${source}" is not among sources` };
  }
  return undefined;
}

function curveProblem({ patterns }: Population): Text | undefined {
  for (const [name, { curve }] of Object.entries(patterns)) {
    if (!isOne(sum(curve))) return notOne(`/patterns/${name}/curve`, sum(curve));
  }
  return undefined;
}

function roomProblem(rooms: readonly RoomRule[]): Text | undefined {
  const share = sum(rooms.map(({ messageShare }) => messageShare));
  if (!isOne(share)) return notOne('/rooms: messageShare', share);
  return rooms.map(ruleProblem).find((problem) => problem !== undefined);
}

function ruleProblem({ name, scope, members, perPerson }: RoomRule): Text | undefined {
  const at = `/rooms: ${name}`;
  const needs = { members: scope !== 'pair', perPerson: scope === 'pair' || scope === 'cross' };
  if ((members !== undefined) !== needs.members) return neededIs(`${at}: members`, needs.members, scope);
  if ((perPerson !== undefined) !== needs.perPerson) return neededIs(`${at}: perPerson`, needs.perPerson, scope);
  if (members !== undefined && members.from > members.to) return upsideDown(`${at}: members`, 'from', 'to');
  const isSpread = perPerson === undefined || perPerson.median <= perPerson.p95;
  return isSpread ? undefined : upsideDown(`${at}: perPerson`, 'median', 'p95');
}

function stageProblem(population: Population): Text | undefined {
  const groups = new Set(population.units.map(({ group }) => group));
  const units = new Set(population.units.map(({ name }) => name));
  for (const stage of population.stages) {
    const named = [...(stage.groups ?? []), ...(stage.without ?? [])].filter((group) => !groups.has(group));
    const [unknown] = [...named, ...(stage.units ?? []).filter((unit) => !units.has(unit))];
    const at = `/stages: ${stage.key}`;
    if (unknown !== undefined) {
      return { de: `${at}: „${unknown}“ gibt es nicht unter units`, en: `${at}: "${unknown}" is not among units` };
    }
    const available = sum(unitsOfStage(population, stage).map(({ people }) => people));
    if (stage.headroom === true || stage.people <= available) continue;
    return {
      de: `${at}: ${stage.people} Konten, dort arbeiten aber ${available}; kleiner ansetzen oder headroom: true angeben`,
      en: `${at}: ${stage.people} accounts, but ${available} work there; lower it or say headroom: true`,
    };
  }
  return undefined;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const isOne = (share: number): boolean => Math.abs(share - 1) < 1e-6;

function notOne(at: string, share: number): Text {
  const shown = share.toFixed(4).replace(/0+$/, '');
  return { de: `${at}: zusammen ${shown} statt 1`, en: `${at}: ${shown} together instead of 1` };
}

function neededIs(at: string, isNeeded: boolean, scope: string): Text {
  return isNeeded
    ? { de: `${at} fehlt; scope ${scope} braucht es`, en: `${at} is missing; scope ${scope} needs it` }
    : { de: `${at} passt nicht zu scope ${scope}`, en: `${at} does not go with scope ${scope}` };
}

const upsideDown = (at: string, low: string, high: string): Text => ({
  de: `${at}: ${low} ist größer als ${high}`,
  en: `${at}: ${low} is greater than ${high}`,
});
