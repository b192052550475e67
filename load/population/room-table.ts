import { createGrowingNumbers } from './growing-numbers.ts';

/** What the rooms of a class have in common. */
export interface RoomKind {
  /** Goes into room names: a–z. */
  readonly name: string;
  /** Share of a person's messages that goes to rooms of this class. */
  readonly messageShare: number;
  /** How many of a room's first members write there; absent where all do. */
  readonly writers?: number;
}

/** Millions of memberships in a few bytes each; rooms of a class follow each other. */
export interface RoomTable {
  readonly count: number;
  readonly kinds: readonly RoomKind[];
  /** By room: index of its class. */
  readonly kindOf: Uint8Array;
  /** By room: where its members begin, and their number after the last room. */
  readonly firstOf: Uint32Array;
  readonly members: Uint32Array;
}

export interface RoomTableBuilder {
  /** Adds a room; its first member creates it. */
  add(kind: number, members: Iterable<number>): void;
  finish(): RoomTable;
}

export function createRoomTable(kinds: readonly RoomKind[]): RoomTableBuilder {
  const kindOf = createGrowingNumbers();
  const firstOf = createGrowingNumbers();
  const members = createGrowingNumbers();
  firstOf.push(0);
  return {
    add: (kind, people) => {
      for (const person of people) members.push(person);
      kindOf.push(kind);
      firstOf.push(members.length);
    },
    finish: () => ({
      count: kindOf.length,
      kinds,
      kindOf: Uint8Array.from(kindOf.taken()),
      firstOf: firstOf.taken().slice(),
      members: members.taken().slice(),
    }),
  };
}

export function membersOf({ firstOf, members }: RoomTable, room: number): Uint32Array {
  return members.subarray(firstOf[room], firstOf[room + 1]);
}

/** The same memberships by person: each one's rooms in ascending order. */
export interface RoomsOfPeople {
  readonly firstOf: Uint32Array;
  readonly rooms: Uint32Array;
}

export function roomsOfPeople(table: RoomTable, people: number): RoomsOfPeople {
  const firstOf = new Uint32Array(people + 1);
  for (const person of table.members) firstOf[person + 1] = (firstOf[person + 1] ?? 0) + 1;
  for (let person = 0; person < people; person++)
    firstOf[person + 1] = (firstOf[person + 1] ?? 0) + (firstOf[person] ?? 0);
  const next = firstOf.slice();
  const rooms = new Uint32Array(table.members.length);
  for (let room = 0; room < table.count; room++) {
    for (const person of membersOf(table, room)) {
      const place = next[person] ?? 0;
      rooms[place] = room;
      next[person] = place + 1;
    }
  }
  return { firstOf, rooms };
}

export function roomsOf({ firstOf, rooms }: RoomsOfPeople, person: number): Uint32Array {
  return rooms.subarray(firstOf[person], firstOf[person + 1]);
}
