import { expect, test } from 'vitest';
import { layOutRooms, type RoomClass } from './room-layout.ts';
import { membersOf } from './room-table.ts';

const team = { name: 'team', members: 10, messageShare: 0.8 };
const all = { name: 'all', members: 'all', messageShare: 0.2 } as const;

const roomsOver = (users: number, roomClass: RoomClass): number[][] => {
  const table = layOutRooms(users, [roomClass]);
  return Array.from({ length: table.count }, (_, room) => [...membersOf(table, room)]);
};

test('everybody is in exactly one room of each class', () => {
  for (const users of [10, 20, 23, 200]) {
    for (const roomClass of [team, all]) {
      const members = roomsOver(users, roomClass).flat();
      expect(members.toSorted((a, b) => a - b)).toEqual(Array.from({ length: users }, (_, user) => user));
    }
  }
});

test('what does not fill a room is spread over the others', () => {
  expect(roomsOver(29, team).map(({ length }) => length)).toEqual([14, 15]);
});

test('fewer people than a room holds still share one', () => {
  expect(roomsOver(4, team)).toEqual([[0, 1, 2, 3]]);
});
