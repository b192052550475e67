import { expect, test } from 'vitest';
import { keyStores, openKeys } from './stored-keys.ts';

const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

test('names the databases of keys that hold anything', () => {
  const databases = { 'matrix-js-sdk::matrix-sdk-crypto': 3, 'matrix-js-sdk:riot-web-sync': 7 };
  expect(keyStores({ databases, entries: {} })).toEqual(['matrix-js-sdk::matrix-sdk-crypto']);
});

test.each([
  ['a key alone', key, true],
  ['a key with its padding', `${key}=`, true],
  ['a key inside JSON', `{"master":"${key}"}`, true],
  ['an identifier', '@anna:hs1.example', false],
  ['a room', `!${key}`, false],
  ['an event', `$${key}`, false],
  ['something longer than a key', key + key, false],
  ['an address', `https://hs1.example/${'a'.repeat(20)}`, false],
])('%s', (_title, value, isKey) => {
  expect(openKeys({ databases: {}, entries: { eintrag: value } })).toEqual(isKey ? ['eintrag'] : []);
});
