import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { createDeviceKeys } from './device-keys.ts';
import { canonicalJson, objectAt, stringAt, withoutValueAt } from './json.ts';

const session = { userId: '@alice:hs1', deviceId: 'ALICE', accessToken: 'x' };
const create = (seed: string) => createDeviceKeys(session, createRandom(seed));

test('device keys and one-time keys carry a signature that holds', () => {
  const keys = create('a');
  const [oneTimeKey] = Object.values(keys.oneTimeKeys(1));
  const raw = Buffer.from(stringAt(keys.deviceKeys, ['keys', 'ed25519:ALICE']) ?? '', 'base64');
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  for (const signed of [keys.deviceKeys, oneTimeKey]) {
    const signature = Buffer.from(stringAt(signed, ['signatures', '@alice:hs1', 'ed25519:ALICE']) ?? '', 'base64');
    const content = Buffer.from(canonicalJson(withoutValueAt(signed, ['signatures'])));
    expect(verify(null, content, publicKey, signature)).toBe(true);
    expect(verify(null, Buffer.concat([content, Buffer.from(' ')]), publicKey, signature)).toBe(false);
  }
});

test('names and values of one-time keys never repeat', () => {
  const keys = create('a');
  const all = { ...keys.oneTimeKeys(3), ...keys.oneTimeKeys(300) };
  expect(Object.keys(all)).toHaveLength(303);
  expect(new Set(Object.values(all).map((key) => objectAt(key, [])['key'])).size).toBe(303);
});

test('the seed decides', () => {
  expect(create('a').deviceKeys).toEqual(create('a').deviceKeys);
  expect(create('a').deviceKeys).not.toEqual(create('b').deviceKeys);
});
