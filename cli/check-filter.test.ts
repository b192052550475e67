import { expect, test } from 'vitest';
import { checkFilter } from './check-filter.ts';

test.each([
  ['conformance.sync', 'conformance.sync.sync-initial', true],
  ['conformance.sync.sync', 'conformance.sync.sync-initial', false],
  ['policy, conformance.sync.sync-initial', 'conformance.sync.sync-initial', true],
  ['policy', 'conformance.sync.sync-initial', false],
])('of --check %s, %s is wanted: %s', (list, id, wanted) => {
  expect(checkFilter(list)?.(id)).toBe(wanted);
});

test('nothing named leaves the choice to others', () => {
  expect(checkFilter(undefined)).toBeUndefined();
});

test('an empty name is wrong use', () => {
  expect(() => checkFilter('policy,')).toThrow('empty name');
});
