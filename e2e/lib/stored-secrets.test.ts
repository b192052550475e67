import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { secretsIn } from './stored-secrets.ts';

const bytes = Buffer.from(Array.from({ length: 48 }, (_, index) => (index * 37) % 256));
const key = { what: 'Raumschlüssel', value: bytes.toString('base64').replace(/=+$/, '') };
const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

test.each([
  ['as text', `{"key":"${key.value}"}`],
  ['as bytes', `x${bytes.toString('latin1')}y`],
  ['packed in base64', packed({ pickle: { key: key.value } })],
  ['as a list of bytes packed in base64', packed({ pickle: { ratchet: [...bytes] } })],
  ['packed twice', packed({ inner: packed([...bytes]) })],
])('a key %s is found', (_name, text) => {
  expect(secretsIn([{ place: 'a', text }], [key])).toEqual([{ what: 'Raumschlüssel', place: 'a' }]);
});

test('each place is told once, and where nothing is nothing is told', () => {
  const entries = [
    { place: 'a', text: key.value },
    { place: 'a', text: key.value },
    { place: 'b', text: packed({ public: 'something else that is long enough' }) },
  ];
  expect(secretsIn(entries, [key])).toHaveLength(1);
});

test('a short secret is refused', () => {
  expect(() => secretsIn([{ place: 'a', text: 'abc' }], [{ what: 'PIN', value: '1234' }])).toThrow('too short');
});
