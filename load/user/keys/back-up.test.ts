import { expect, test } from 'vitest';
import { writeMark } from '../mark.ts';
import { fakeUser, runTag } from '../user.fixture.ts';
import { backUpKeys } from './back-up.ts';
import { takeKeyNews } from './key-news.ts';
import { createKeyState } from './key-state.ts';
import { restoreKeys } from './restore.ts';

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

test('room keys that come go into the backup later and together, where there is one', async () => {
  const { user, asked, told } = fakeUser(() => ({ json: { etag: '1', count: 1 } }));
  const keys = { ...createKeyState(), stock: 50, backupVersion: '7' };
  user.keys = keys;
  const key = (sequence: number) => {
    const body = writeMark({ runTag, sequence, intendedMs: 0, sentMs: 0 });
    return { sender: '@bob:hs1', content: { ciphertext: { key: { type: 1, body } } } };
  };
  takeKeyNews(user, {}, [key(0), key(1)]);
  takeKeyNews(user, {}, [key(2)]);
  await keys.backingUp;
  expect(asked.map(({ name }) => name)).toEqual(['backupKeys']);
  expect(asked[0]?.url).toContain('version=7');
  expect(user.shared.clock.now()).toBeLessThan(10_000);
  expect(told().counters).toMatchObject({ keysSeen: 3, keysBackedUp: 3 });
});
