import { expect, it } from 'vitest';
import { nearestKey } from './nearest-key.ts';

it.each([
  ['homeserverURL', 'homeserverUrl'],
  ['homserver', undefined],
  ['acounts', 'accounts'],
  ['proxi', 'proxy'],
  ['x', undefined],
  ['', undefined],
])('%j was probably meant to be %j', (key, expected) => {
  expect(nearestKey(key, ['homeserverUrl', 'accounts', 'proxy', 'name'])).toBe(expected);
});
