import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['repot', 'report'],
  ['raport', 'report'],
  ['docter', 'doctor'],
  ['xyzzy', undefined],
])('%s most likely meant %s', (word, meant) => {
  expect(nearest(word, ['run', 'report', 'doctor'])).toBe(meant);
});
