import { expect, test } from 'vitest';
import type { Asked } from '../http/ask.ts';
import { readMark } from '../mark.ts';
import { fakeUser, runTag } from '../user.fixture.ts';
import { createKeyState } from './key-state.ts';
import { bodyOf, roomOf } from './key-traffic.fixture.ts';
import { rotateKeys, shareKeyWhenDue } from './share-key.ts';

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

test('a hundred messages share one key', async () => {
  const { user, told } = fakeUser(roomOf(2));
  user.keys = createKeyState();
  for (let message = 0; message < 201; message++) await shareKeyWhenDue(user, 0, 0);
  expect(told().counters).toMatchObject({ keysShared: 6 });
});
