import { expect, test } from 'vitest';
import { joinsInOrder } from './join-order.ts';

const room = (first: number, size: number) => ({
  kind: 'team',
  members: Array.from({ length: size }, (_, place) => first + place),
});

test('everybody but the creator joins each room once', () => {
  expect(joinsInOrder([room(0, 3), room(10, 2)]).toSorted((a, b) => a.user - b.user)).toEqual([
    { room: 0, user: 1 },
    { room: 0, user: 2 },
    { room: 1, user: 11 },
  ]);
});

test('few joins of one room are under way at the same time, also where rooms differ in size', () => {
  const rooms = [room(0, 61), ...Array.from({ length: 40 }, (_, index) => room(100 + 10 * index, 10))];
  const joins = joinsInOrder(rooms);
  const atOnce = 8;
  const most = joins.map((_join, first) => {
    const window = joins.slice(first, first + atOnce).map((join) => join.room);
    return Math.max(...window.map((one) => window.filter((other) => other === one).length));
  });
  expect(Math.max(...most)).toBeLessThanOrEqual(2);
});

test('half a million joins are put in order within seconds', () => {
  const rooms = Array.from({ length: 50_000 }, (_, index) => room(index, 11));
  expect(joinsInOrder(rooms)).toHaveLength(500_000);
});
