import { expect, test } from 'vitest';
import { organiseRooms } from './organise-rooms.ts';
import type { People } from './people.ts';
import type { RoomRule } from './population.ts';
import { membersOf, type RoomTable, roomsOf, roomsOfPeople } from './room-table.ts';

const rules: readonly RoomRule[] = [
  { name: 'direct', title: '', scope: 'pair', perPerson: { median: 19, p95: 40 }, messageShare: 0.5 },
  { name: 'team', title: '', scope: 'unit', members: { from: 5, to: 15 }, messageShare: 0.2 },
  { name: 'section', title: '', scope: 'unit', members: { from: 20, to: 40 }, messageShare: 0.1 },
  { name: 'house', title: '', scope: 'unit', members: { from: 100, to: 2_000 }, messageShare: 0.05 },
  {
    name: 'project',
    title: '',
    scope: 'cross',
    members: { from: 8, to: 30 },
    perPerson: { median: 4, p95: 40 },
    messageShare: 0.1,
  },
  { name: 'broadcast', title: '', scope: 'all', members: { from: 2, to: 1_000 }, writers: 5, messageShare: 0.05 },
];

const peopleIn = (...sizes: number[]): People => {
  const firstOf = new Uint32Array(sizes.length + 1);
  for (const [unit, size] of sizes.entries()) firstOf[unit + 1] = (firstOf[unit] ?? 0) + size;
  return { count: firstOf.at(-1) ?? 0, units: [], firstOf };
};
const organise = (people: People, density = 1, seed = '1') => organiseRooms({ people, rules, density, seed });
const roomsNamed = (table: RoomTable, name: string): number[][] =>
  Array.from({ length: table.count }, (_, room) => room).flatMap((room) =>
    table.kinds[table.kindOf[room] ?? 0]?.name === name ? [[...membersOf(table, room)]] : [],
  );

test('the same seed gives the same rooms, another seed others', () => {
  const people = peopleIn(40, 700, 1_300);
  expect(organise(people)).toEqual(organise(people));
  expect(organise(people).members).not.toEqual(organise(people, 1, '2').members);
});

test('every person is in exactly one team, and each larger room is made of whole smaller ones', () => {
  const table = organise(peopleIn(40, 700, 1_300));
  const teams = roomsNamed(table, 'team');
  expect(teams.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 2_040 }, (_, person) => person));
  for (const [inner, outer] of [
    ['team', 'section'],
    ['section', 'house'],
  ] as const) {
    const parents = roomsNamed(table, outer).map((room) => new Set(room));
    for (const room of roomsNamed(table, inner)) {
      const holding = parents.filter((parent) => room.some((person) => parent.has(person)));
      expect(holding.every((parent) => room.every((person) => parent.has(person)))).toBe(true);
    }
  }
});

test('rooms have the sizes of their class, and rooms of units do not mix them', () => {
  const table = organise(peopleIn(40, 700, 1_300));
  const sizes = (name: string) => roomsNamed(table, name).map(({ length }) => length);
  expect(Math.min(...sizes('team'))).toBeGreaterThanOrEqual(5);
  expect(Math.max(...sizes('team'))).toBeLessThanOrEqual(15);
  expect(Math.min(...sizes('section'))).toBeGreaterThanOrEqual(13);
  expect(Math.max(...sizes('section'))).toBeLessThanOrEqual(40);
  expect(sizes('house')).toEqual([700, 1_300]);
  const unitOf = (person: number) => (person < 40 ? 0 : person < 740 ? 1 : 2);
  for (const room of roomsNamed(table, 'team')) expect(new Set(room.map(unitOf)).size).toBe(1);
});

test('nobody talks to themselves, and no two people have two conversations', () => {
  for (const sizes of [[3], [7], [200], [40, 700]]) {
    const pairs = roomsNamed(organise(peopleIn(...sizes), 3), 'direct').map((pair) => pair.toSorted().join(' '));
    expect(pairs.every((pair) => new Set(pair.split(' ')).size === 2)).toBe(true);
    expect(new Set(pairs).size).toBe(pairs.length);
  }
});

test('nobody is in a room twice, and nobody is alone in one', () => {
  const table = organise(peopleIn(4, 6, 90));
  for (let room = 0; room < table.count; room++) {
    const members = membersOf(table, room);
    expect(new Set(members).size).toBe(members.length);
    expect(members.length).toBeGreaterThan(1);
  }
});

test('tiny units share their teams with neighbours', () => {
  const teams = roomsNamed(organise(peopleIn(1, 1, 1, 1, 1, 1, 1)), 'team');
  expect(teams).toEqual([[0, 1, 2, 3, 4, 5, 6]]);
});

test('half the density means half the conversations and projects, and the same organisation', () => {
  const people = peopleIn(2_000);
  const [whole, half] = [organise(people), organise(people, 0.5)];
  for (const name of ['direct', 'project']) {
    const share = roomsNamed(half, name).flat().length / roomsNamed(whole, name).flat().length;
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.55);
  }
  expect(roomsNamed(half, 'team')).toEqual(roomsNamed(whole, 'team'));
});

test('the rooms of a person are those whose members name the person', () => {
  const people = peopleIn(40, 60);
  const table = organise(people);
  const own = roomsOfPeople(table, people.count);
  for (const person of [0, 39, 99]) {
    const naming = Array.from({ length: table.count }, (_, room) => room).filter((room) =>
      membersOf(table, room).includes(person),
    );
    expect([...roomsOf(own, person)]).toEqual(naming);
  }
});
