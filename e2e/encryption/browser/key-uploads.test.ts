import { expect, test } from 'vitest';
import { expectSameKeys, type KeyUpload } from './key-uploads.ts';

const upload = (ed25519: string, key: string, status = 200): KeyUpload => ({
  status,
  deviceKeys: { keys: { 'curve25519:D': 'c', 'ed25519:D': ed25519 } },
  oneTimeKeys: { 'signed_curve25519:AAA': { key, signatures: {} } },
});
const first = upload('e', 'k');

test('the same keys again are no finding, whatever the order', () => {
  const turned = { ...first, deviceKeys: { keys: { 'ed25519:D': 'e', 'curve25519:D': 'c' } } };
  expect(expectSameKeys([first], [turned])).toEqual([]);
});

test.each([
  ['other device keys', upload('other', 'k'), ['other-keys']],
  ['another key under the same name', upload('e', 'other'), ['other-one-time-key']],
  ['keys the server does not take', upload('e', 'k', 400), ['upload-refused']],
  ['a disturbance', upload('e', 'k', 502), []],
])('%s', (_name, after, codes) => {
  expect(expectSameKeys([first], [after]).map(({ code }) => code)).toEqual(codes);
});
