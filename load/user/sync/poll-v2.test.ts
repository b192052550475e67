import { expect, test } from 'vitest';
import { createKeyState } from '../keys/key-state.ts';
import { writeMark } from '../mark.ts';
import { fakeUser, runTag } from '../user.fixture.ts';
import { pollV2 } from './poll-v2.ts';
import { inTurn, message, seenBy, v2 } from './sync.fixture.ts';

test('what lies between two answers of sync is fetched and entered in order', async () => {
  const page = { json: { start: 's', chunk: [message(1), message(0)] } };
  const newest = { events: [message(2)], limited: true, prev_batch: 'p' };
  const { user, asked, told } = fakeUser(inTurn(v2('one'), v2('two', newest), page));
  await pollV2(user);
  user.onlineSinceMs = 0;
  await pollV2(user);
  expect(seenBy(user)).toEqual([{ seen: 3, duplicated: 0, outOfOrder: 0 }]);
  expect(asked[2]?.url).toContain('/messages?dir=b&limit=100&from=p&to=one');
  expect(told()).toMatchObject({
    counters: { gapsFilled: 1 },
    latencies: { delivery: [0, 3], deliveryUpTo15: [0, 3] },
  });
});

test('a new device is shown again what the last one saw, which makes no duplicates, and fetches what lies between', async () => {
  const page = { json: { start: 's', chunk: [message(1), message(0)], end: 'e' } };
  const first = v2('one', { events: [message(0)] });
  const again = v2('two', { events: [message(2)], limited: true, prev_batch: 'p' });
  const { user } = fakeUser(inTurn(first, again, page));
  await pollV2(user);
  user.since = undefined;
  await pollV2(user);
  expect(seenBy(user)).toEqual([{ seen: 3, duplicated: 0, outOfOrder: 0 }]);
});

test('after a failed poll a client waits, asks for the versions until they come, and polls again', async () => {
  const { user, asked } = fakeUser(inTurn({ status: 502 }, { status: 502 }, { json: { versions: [] } }, v2('one')));
  expect(await pollV2(user)).toBe(false);
  expect(asked.map(({ name }) => name)).toEqual(['sync', 'versions', 'versions']);
  const waitedMs = user.shared.clock.now();
  expect(waitedMs).toBeGreaterThanOrEqual(7_000);
  expect(waitedMs).toBeLessThan(17_000);
  expect(await pollV2(user)).toBe(true);
});

test('a poll without news that comes too soon is counted, one that comes late is measured', async () => {
  const late = fakeUser((_request, count) => {
    if (count > 1) late.user.shared.clock.pause(30_200);
    return v2('one');
  });
  late.user.onlineSinceMs = 0;
  await pollV2(late.user);
  late.user.since = 'one';
  await pollV2(late.user);
  expect(late.told()).toMatchObject({ counters: { emptyPolls: 1 }, latencies: { pollOverhead: [200, 1] } });
  const early = fakeUser(() => v2('one'));
  Object.assign(early.user, { since: 'one', onlineSinceMs: 0 });
  await pollV2(early.user);
  expect(early.told()).toMatchObject({ counters: { emptyPolls: 1, earlyPolls: 1 } });
});

test('room keys are counted once each, and a repeated one apart', async () => {
  const body = writeMark({ runTag, sequence: 4, intendedMs: 0, sentMs: 0 });
  const event = { type: 'm.room.encrypted', sender: '@bob:hs1', content: { ciphertext: { key: { type: 1, body } } } };
  const { user, told } = fakeUser(() => ({ json: { next_batch: 'one', to_device: { events: [event, event] } } }));
  user.keys = { ...createKeyState(), stock: 50 };
  user.onlineSinceMs = 0;
  await pollV2(user);
  expect(told()).toMatchObject({ counters: { keysSeen: 1, keysDuplicated: 1 }, latencies: { keyDelivery: [0, 1] } });
});
