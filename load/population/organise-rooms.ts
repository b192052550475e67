import { createRandom } from '../../core/random.ts';
import { drawCrossRooms } from './cross-rooms.ts';
import { drawPairs } from './pair-rooms.ts';
import type { People } from './people.ts';
import type { RoomRule } from './population.ts';
import { createRoomTable, type RoomTable, type RoomTableBuilder } from './room-table.ts';
import { blocksOf, groupRooms, type Stretch, singles } from './unit-rooms.ts';

export interface OrganiseOptions {
  readonly people: People;
  /** Classes, those of units in ascending size. */
  readonly rules: readonly RoomRule[];
  /** 1: as many conversations and projects for each person as the rules say. */
  readonly density: number;
  readonly seed: string;
}

interface ClassOptions extends OrganiseOptions {
  readonly rule: RoomRule;
  add(members: Iterable<number>): void;
}

/** The rooms of so many people; the same seed gives the same rooms. */
export function organiseRooms(options: OrganiseOptions): RoomTable {
  const { rules } = options;
  const kinds = rules.map(({ name, messageShare, writers }) => ({
    name,
    messageShare,
    ...(writers !== undefined && { writers }),
  }));
  const table = createRoomTable(kinds);
  addUnitRooms(options, table);
  for (const [kind, rule] of rules.entries())
    addOthers({ ...options, rule, add: (members) => table.add(kind, members) });
  return table.finish();
}

/** Of each unit the smallest rooms first; every further class unites those of the class before. */
function addUnitRooms({ people, rules, seed }: OrganiseOptions, table: RoomTableBuilder): void {
  const nested = [...rules.entries()].filter(([, { scope }]) => scope === 'unit');
  const least = nested[0]?.[1].members?.from ?? 2;
  let inner = blocksOf(people, least).map(singles);
  for (const [kind, { name, members }] of nested) {
    const random = createRandom(`${seed}|rooms|${name}`);
    inner = inner.map((rooms) => {
      const groups = members === undefined ? [] : groupRooms(rooms, members, random);
      for (const group of groups) table.add(kind, peopleIn(group));
      return groups.length === 0 ? rooms : groups;
    });
  }
}

function addOthers({ people, rule, density, seed, add }: ClassOptions): void {
  const { name, scope, perPerson, members } = rule;
  const random = createRandom(`${seed}|rooms|${name}`);
  if (scope === 'pair' && perPerson !== undefined) drawPairs({ people: people.count, perPerson, density, random }, add);
  if (scope === 'cross' && perPerson !== undefined && members !== undefined) {
    drawCrossRooms({ people: people.count, perPerson, density, members, random }, add);
  }
  if (scope === 'all' && members !== undefined) {
    for (const part of equalParts(people.count, members.to)) add(peopleIn(part));
  }
}

function equalParts(count: number, most: number): Stretch[] {
  const parts = Math.ceil(count / most);
  return Array.from({ length: parts }, (_, part) => ({
    first: Math.floor((count * part) / parts),
    until: Math.floor((count * (part + 1)) / parts),
  }));
}

function* peopleIn({ first, until }: Stretch): Generator<number> {
  for (let person = first; person < until; person++) yield person;
}
