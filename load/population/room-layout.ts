import { createRoomTable, type RoomTable } from './room-table.ts';

/** A kind of room of a scenario's own: everyone is a member of exactly one room of each class. */
export interface RoomClass {
  /** Goes into room names: a–z. */
  readonly name: string;
  /** Members per room; `all` is one room for everybody. */
  readonly members: number | 'all';
  /** Share of a person's messages that goes to rooms of this class; the shares add up to 1. */
  readonly messageShare: number;
}

/** Divides users 0 … users − 1 among rooms; nobody is left alone in one. */
export function layOutRooms(users: number, classes: readonly RoomClass[]): RoomTable {
  const table = createRoomTable(classes);
  for (const [kind, { members }] of classes.entries()) {
    const size = members === 'all' ? users : members;
    const count = Math.max(1, Math.floor(users / size));
    for (let room = 0; room < count; room++) table.add(kind, slice(users, count, room));
  }
  return table.finish();
}

function slice(users: number, rooms: number, room: number): number[] {
  const from = Math.floor((users * room) / rooms);
  const to = Math.floor((users * (room + 1)) / rooms);
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}
