import { expect, test } from 'vitest';
import { arrayAt, canonicalJson, objectAt, stringAt, valueAt, withoutValueAt, withValueAt } from './json.ts';

const document = { rooms: { join: { '!a:hs1': { events: [{ id: 1 }, { id: 2 }] } } }, name: 'x' };

test.each([
  [['name'], 'x'],
  [['rooms', 'join', '!a:hs1', 'events', 1, 'id'], 2],
  [['rooms', 'leave', '!a:hs1'], undefined],
  [['name', 'length'], undefined],
  [['toString'], undefined],
  [[], document],
])('reads %j', (path, wanted) => {
  expect(valueAt(document, path)).toEqual(wanted);
});

test('a value of another kind reads as nothing', () => {
  expect(stringAt(document, ['rooms'])).toBeUndefined();
  expect(objectAt(document, ['name'])).toEqual({});
  expect(arrayAt(document, ['rooms'])).toEqual([]);
  expect(valueAt(null, ['a'])).toBeUndefined();
});

test.each([
  [{ a: 1 }, ['b', 'c'], 2, { a: 1, b: { c: 2 } }],
  [[1, 2, 3], [1], 9, [1, 9, 3]],
  [{ a: [{ b: 1 }] }, ['a', 0, 'b'], 2, { a: [{ b: 2 }] }],
  ['text', ['a'], 1, { a: 1 }],
])('sets a value in %j', (json, path, value, wanted) => {
  expect(withValueAt(json, path, value)).toEqual(wanted);
});

test('setting and removing leave the original alone', () => {
  const original = { a: { b: 1, c: 2 } };
  expect(withoutValueAt(original, ['a', 'b'])).toEqual({ a: { c: 2 } });
  expect(withoutValueAt(original, ['x', 'y'])).toEqual(original);
  expect(original).toEqual({ a: { b: 1, c: 2 } });
});

test.each([
  [{ b: 1, a: [true, null, 'ü'] }, '{"a":[true,null,"ü"],"b":1}'],
  [{ b: { d: 1, c: 2 } }, '{"b":{"c":2,"d":1}}'],
  [{ a: undefined, b: 1 }, '{"b":1}'],
  [{ '\uFFFD': 1, '\u{1F600}': 2 }, '{"\uFFFD":1,"\u{1F600}":2}'],
])('writes canonical JSON of %j', (value, wanted) => {
  expect(canonicalJson(value)).toBe(wanted);
});
