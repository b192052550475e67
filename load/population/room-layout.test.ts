import { expect, test } from 'vitest';
import { layOutRooms } from './room-layout.ts';

const team = { name: 'team', members: 10, messageShare: 0.8 };
const all = { name: 'all', members: 'all', messageShare: 0.2 } as const;

test('everybody is in exactly one room of each class', () => {
  for (const users of [10, 20, 23, 200]) {
    for (const roomClass of [team, all]) {
      const members = layOutRooms(users, [roomClass]).flatMap((room) => room.members);
      expect(members.toSorted((a, b) => a - b)).toEqual(Array.from({ length: users }, (_, user) => user));
    }
  }
});

test('what does not fill a room is spread over the others', () => {
  expect(layOutRooms(29, [team]).map(({ members }) => members.length)).toEqual([14, 15]);
});

test('fewer people than a room holds still share one', () => {
  expect(layOutRooms(4, [team]).map(({ members }) => members)).toEqual([[0, 1, 2, 3]]);
});
