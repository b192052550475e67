import { expect, test } from 'vitest';
import { matchesOf, pointerOf, pointerPattern } from './pointer-pattern.ts';

const root = { rooms: { '!a': { events: [{ id: 1 }, { id: 2 }] }, '!b/c': { events: [{}] } }, 'm.x~y': null };

const found = (pattern: string, names = {}) =>
  matchesOf(pointerPattern(pattern), root, names).map((match) => [pointerOf(match), match.value]);

test.each([
  ['a key', '/m.x~0y', [['/m.x~0y', null]]],
  ['nothing there', '/rooms/!c/events', []],
  [
    'any step',
    '/rooms/*/events/*/id',
    [
      ['/rooms/!a/events/0/id', 1],
      ['/rooms/!a/events/1/id', 2],
    ],
  ],
  [
    'the names of members',
    '/rooms/*/#',
    [
      ['/rooms/!a', '!a'],
      ['/rooms/!b~1c', '!b/c'],
    ],
  ],
  ['an element by its place', '/rooms/!a/events/1/id', [['/rooms/!a/events/1/id', 2]]],
  ['no step below a scalar', '/m.x~0y/a', []],
])('finds %s', (_, pattern, wanted) => {
  expect(found(pattern)).toEqual(wanted);
});

test('remembers what a named step stood for, and keeps to it where it is known', () => {
  const pattern = pointerPattern('/rooms/{room}/events/*');
  expect(matchesOf(pattern, root).map(({ names }) => names)).toEqual([
    { room: '!a' },
    { room: '!a' },
    { room: '!b/c' },
  ]);
  expect(found('/rooms/{room}/#', { room: '!b/c' })).toEqual([['/rooms/!b~1c', '!b/c']]);
});

test('does not take inherited members for data', () => {
  expect(found('/constructor')).toEqual([]);
});
