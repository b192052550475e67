import { expect, test } from 'vitest';
import { mutantsOf } from './mutants.ts';

test('every member and element is altered once in every way', () => {
  expect(mutantsOf({ a: 'x', b: [{ c: 1 }] })).toEqual([
    { kind: 'keyDeleted', pointer: '/a', document: { b: [{ c: 1 }] } },
    { kind: 'null', pointer: '/a', document: { a: null, b: [{ c: 1 }] } },
    { kind: 'wrongType', pointer: '/a', document: { a: 1, b: [{ c: 1 }] } },
    { kind: 'emptyText', pointer: '/a', document: { a: '', b: [{ c: 1 }] } },
    { kind: 'keyDeleted', pointer: '/b', document: { a: 'x' } },
    { kind: 'null', pointer: '/b', document: { a: 'x', b: null } },
    { kind: 'wrongType', pointer: '/b', document: { a: 'x', b: 'x' } },
    { kind: 'null', pointer: '/b/0', document: { a: 'x', b: [null] } },
    { kind: 'wrongType', pointer: '/b/0', document: { a: 'x', b: ['x'] } },
    { kind: 'keyDeleted', pointer: '/b/0/c', document: { a: 'x', b: [{}] } },
    { kind: 'null', pointer: '/b/0/c', document: { a: 'x', b: [{ c: null }] } },
    { kind: 'wrongType', pointer: '/b/0/c', document: { a: 'x', b: [{ c: 'x' }] } },
  ]);
});

test('there is nothing to alter in a scalar', () => {
  expect(mutantsOf('x')).toEqual([]);
});
