import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Asked } from '../ask.ts';
import { readMark } from '../mark.ts';
import { type FakeAnswer, fakeUser, runTag } from '../user.fixture.ts';
import { backUpKeys } from './back-up.ts';
import { chunks } from './chunks.ts';
import { takeKeyNews } from './key-news.ts';
import { createKeyState, renewedKeyState } from './key-state.ts';
import { refillKeys, setUpKeys } from './own-keys.ts';
import { restoreKeys } from './restore.ts';
import { isKeyDue } from './rotation-rule.ts';
import { rotateKeys, shareKeyWhenDue } from './share-key.ts';

const bodyOf = ({ body }: Asked) => JSON.parse(body ?? '{}');
const people = (count: number) => Array.from({ length: count }, (_, person) => `@p${person}:hs1`);

/** A room of so many people, each with one device that has one-time keys. */
const roomOf =
  (count: number) =>
  ({ name, body }: Asked): FakeAnswer => {
    const asked = JSON.parse(body ?? '{}');
    if (name === 'members') {
      const chunk = people(count).map((state_key) => ({ state_key, content: { membership: 'join' } }));
      return { json: { chunk: [...chunk, { state_key: '@gone:hs1', content: { membership: 'leave' } }] } };
    }
    if (name === 'queryKeys') {
      const devices = Object.keys(asked.device_keys).map((person) => [person, { DEVICE: {} }]);
      return { json: { device_keys: Object.fromEntries(devices) } };
    }
    const claimed = Object.keys(asked.one_time_keys ?? {}).map((person) => [person, { DEVICE: {} }]);
    return { json: { one_time_keys: Object.fromEntries(claimed), one_time_key_counts: { signed_curve25519: 50 } } };
  };

test('a new room key goes to each device, with queries and batches of 250', async () => {
  const { user, asked, told } = fakeUser(roomOf(600));
  user.keys = createKeyState();
  expect(await rotateKeys(user, 0)).toBe(true);
  const sizes = asked.map((request) => {
    const { device_keys, one_time_keys, messages } = bodyOf(request);
    return [request.name, Object.keys(device_keys ?? one_time_keys ?? messages ?? {}).length];
  });
  expect(sizes).toEqual([
    ['members', 0],
    ['queryKeys', 250],
    ['queryKeys', 250],
    ['queryKeys', 100],
    ['claimKeys', 600],
    ['sendToDevice', 250],
    ['sendToDevice', 250],
    ['sendToDevice', 100],
  ]);
  expect(told()).toMatchObject({ counters: { keysShared: 600 }, errors: {} });
});

test('the second key of a room needs neither members nor devices nor one-time keys again', async () => {
  const { user, asked } = fakeUser(roomOf(10));
  user.keys = createKeyState();
  await Promise.all([rotateKeys(user, 0), rotateKeys(user, 0)]);
  const names = asked.map(({ name }) => name);
  expect(names).toEqual(['members', 'queryKeys', 'claimKeys', 'sendToDevice', 'sendToDevice']);
});

test('the own device gets no key, and a message of about the real size carries it', async () => {
  const { user, asked } = fakeUser(roomOf(2), { userId: '@p0:hs1', deviceId: 'DEVICE' });
  user.keys = createKeyState();
  await rotateKeys(user, 0);
  const { messages } = bodyOf(asked.at(-1) as Asked);
  expect(Object.keys(messages)).toEqual(['@p1:hs1']);
  const size = JSON.stringify(messages['@p1:hs1'].DEVICE).length;
  expect(size).toBeGreaterThan(1_000);
  expect(size).toBeLessThan(1_300);
  const [{ body }] = Object.values(messages['@p1:hs1'].DEVICE.ciphertext) as [{ body: string }];
  expect(readMark(body, runTag)).toMatchObject({ sequence: 0 });
});

test('a device without one-time key gets no room key and is counted', async () => {
  const { user, told } = fakeUser((request) =>
    request.name === 'claimKeys' ? { json: { one_time_keys: {} } } : roomOf(3)(request),
  );
  user.keys = createKeyState();
  await rotateKeys(user, 0);
  expect(told().counters).toMatchObject({ keysExhausted: 3 });
});

const week = 604_800_000;
test.each([
  ['the first message', undefined, 0, 1, true],
  ['the 100th message of a key', { madeAtMs: 0, messages: 99 }, 1, 1, false],
  ['the message after 100', { madeAtMs: 0, messages: 100 }, 1, 1, true],
  ['a message within the week', { madeAtMs: 0, messages: 1 }, week - 1, 1, false],
  ['a message after a week', { madeAtMs: 0, messages: 1 }, week, 1, true],
  [
    'a message after a week that passed a thousand times faster',
    { madeAtMs: 0, messages: 1 },
    week / 1_000,
    1_000,
    true,
  ],
])('%s: a new room key is due or not', (_what, key, nowMs, factor, due) => {
  expect(isKeyDue(key, nowMs, factor)).toBe(due);
});

test('a hundred messages share one key', async () => {
  const { user, told } = fakeUser(roomOf(2));
  user.keys = createKeyState();
  for (let message = 0; message < 201; message++) await shareKeyWhenDue(user, 0, 0);
  expect(told().counters).toMatchObject({ keysShared: 6 });
});

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

test('the backup takes batches of 100 and gives all back to a new device', async () => {
  const kept: Record<string, object> = {};
  const { user, asked, told } = fakeUser(({ name, body }) => {
    if (name === 'backupKeys') Object.assign(kept, JSON.parse(body ?? '{}').rooms['!team:hs1'].sessions);
    if (name === 'restoreKeys') return { json: { rooms: { '!team:hs1': { sessions: kept } } } };
    const info = { version: '1', algorithm: 'a', auth_data: {}, etag: '1', count: 1 };
    return { json: { ...info, one_time_key_counts: { signed_curve25519: 50 } } };
  });
  expect(await backUpKeys(user, 230)).toBe(true);
  expect(asked.filter(({ name }) => name === 'backupKeys')).toHaveLength(3);
  expect(await restoreKeys(user)).toBe(true);
  expect(told()).toMatchObject({ counters: { sessionsBackedUp: 230, sessionsRestored: 230 }, errors: {} });
  expect(asked.at(-1)?.name).toBe('uploadKeys');
});

test('a device that begins anew goes on numbering its room keys, and its one-time keys where it is the same', () => {
  const old = { ...createKeyState(), uploaded: 51, rotations: 3, stock: 40, backupVersion: '1' };
  const { received } = old;
  expect(renewedKeyState(old, 'same')).toEqual({ ...createKeyState(), uploaded: 51, rotations: 3, received });
  expect(renewedKeyState(old, 'new')).toEqual({ ...createKeyState(), uploaded: 0, rotations: 3, received });
});

test('chunks hold everything in order and none is larger than asked', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      const all = chunks(items, size);
      expect(all.flat()).toEqual(items);
      expect(all.every((chunk) => chunk.length <= size && chunk.length > 0)).toBe(true);
    }),
  );
});
