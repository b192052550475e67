import { expect, test } from 'vitest';
import { fakeUser } from '../user.fixture.ts';
import { takeKeyNews } from './key-news.ts';
import { createKeyState, renewedKeyState } from './key-state.ts';
import { bodyOf, roomOf } from './key-traffic.fixture.ts';
import { refillKeys, setUpKeys } from './own-keys.ts';
import { rotateKeys } from './share-key.ts';

test('one-time keys are refilled to 50 when the homeserver tells of fewer, each under a new name', async () => {
  const { user, asked } = fakeUser(() => ({ json: { one_time_key_counts: { signed_curve25519: 50 } } }));
  await setUpKeys(user);
  takeKeyNews(user, { device_one_time_keys_count: { signed_curve25519: 42 } }, []);
  await user.keys?.refilling;
  await refillKeys(user);
  const names = asked.flatMap((request) => Object.keys(bodyOf(request).one_time_keys));
  expect(asked.map((request) => Object.keys(bodyOf(request).one_time_keys).length)).toEqual([50, 8]);
  expect(new Set(names).size).toBe(58);
});

test('changed devices of followed people are asked for again, of others not', async () => {
  const { user, asked } = fakeUser(roomOf(3));
  user.keys = { ...createKeyState(), stock: 50 };
  await rotateKeys(user, 0);
  asked.length = 0;
  takeKeyNews(user, { device_lists: { changed: ['@p1:hs1', '@stranger:hs1'] } }, []);
  await user.keys?.querying;
  expect(asked.map((request) => bodyOf(request).device_keys)).toEqual([{ '@p1:hs1': [] }]);
});

test('a device that begins anew goes on numbering its room keys, and its one-time keys where it is the same', () => {
  const old = { ...createKeyState(), uploaded: 51, rotations: 3, stock: 40, backupVersion: '1' };
  const { received } = old;
  expect(renewedKeyState(old, 'same')).toEqual({ ...createKeyState(), uploaded: 51, rotations: 3, received });
  expect(renewedKeyState(old, 'new')).toEqual({ ...createKeyState(), uploaded: 0, rotations: 3, received });
});
