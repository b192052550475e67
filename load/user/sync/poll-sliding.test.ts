import { expect, test } from 'vitest';
import type { Asked } from '../http/ask.ts';
import { type FakeAnswer, fakeUser } from '../user.fixture.ts';
import { pollEncryption, pollRoomList } from './poll-sliding.ts';
import { bodyOf, inTurn, message, seenBy, sliding } from './sync.fixture.ts';

test('sliding sync widens its window until it has every room, and only then waits for news', async () => {
  const { user, asked } = fakeUser((_request, count) => sliding(`p${count}`, undefined, 150));
  const results = [await pollRoomList(user), await pollRoomList(user), await pollRoomList(user)];
  expect(results).toEqual([false, true, true]);
  expect(asked.map((request) => bodyOf(request).lists.all_rooms.ranges[0][1])).toEqual([19, 119, 219]);
  user.onlineSinceMs = 0;
  await pollRoomList(user);
  expect(asked.map(({ url }) => Number(/timeout=(\d+)/.exec(url)?.[1]))).toEqual([0, 0, 0, 30_000]);
  expect(bodyOf(asked[0] as Asked)).toMatchObject({
    conn_id: 'room-list',
    lists: { all_rooms: { timeline_limit: 1 } },
  });
});

test('sliding sync fetches what lies between the newest event and the last one it knew', async () => {
  const page = { json: { start: 's', chunk: [message(2), message(1), message(0), { event_id: '$older' }], end: 'e' } };
  const first = sliding('p1', { initial: true, limited: true, timeline: [message(0)], prev_batch: 'p' });
  const then = sliding('p2', { limited: true, timeline: [message(3)], prev_batch: 'p' });
  const { user, asked } = fakeUser(inTurn(first, then, page));
  await pollRoomList(user);
  user.onlineSinceMs = 0;
  await pollRoomList(user);
  expect(seenBy(user)[0]).toMatchObject({ seen: 4, duplicated: 0, outOfOrder: 0 });
  expect(asked).toHaveLength(3);
});

test('a timeline that is shown again further back makes no duplicates', async () => {
  const again = {
    unstable_expanded_timeline: true,
    limited: true,
    timeline: [message(0), message(1)],
    prev_batch: 'p',
  };
  const { user } = fakeUser(inTurn(sliding('p1', { timeline: [message(0)] }), sliding('p2', again)));
  await pollRoomList(user);
  await pollRoomList(user);
  expect(seenBy(user)[0]).toMatchObject({ seen: 2, duplicated: 0 });
});

test('the same message in two answers is a duplicate with sliding sync too', async () => {
  const { user } = fakeUser(
    inTurn(sliding('p1', { timeline: [message(0)] }), sliding('p2', { timeline: [message(0)] })),
  );
  await pollRoomList(user);
  await pollRoomList(user);
  expect(seenBy(user)[0]).toMatchObject({ seen: 1, duplicated: 1 });
});

test('a position the homeserver forgot makes the connection begin anew, which is no failure', async () => {
  const expired = { status: 400, json: { errcode: 'M_UNKNOWN_POS' } };
  const { user, asked, told } = fakeUser(inTurn(sliding('p1'), expired, sliding('p2')));
  await pollRoomList(user);
  expect(await pollRoomList(user)).toBe(false);
  expect(await pollRoomList(user)).toBe(true);
  expect(asked[2]?.url).not.toContain('pos=');
  expect(told()).toMatchObject({ counters: { restarts: 1 }, errors: {} });
});

test('the second connection reads to-device messages on from where it was', async () => {
  const answer = (pos: string, next_batch: string): FakeAnswer => ({
    json: { pos, rooms: {}, extensions: { to_device: { next_batch, events: [] }, e2ee: {} } },
  });
  const { user, asked } = fakeUser(inTurn(answer('p1', '7'), answer('p2', '8')));
  await pollEncryption(user);
  await pollEncryption(user);
  expect(asked.map((request) => bodyOf(request).extensions.to_device)).toEqual([
    { enabled: true },
    { enabled: true, since: '7' },
  ]);
  expect(bodyOf(asked[0] as Asked).conn_id).toBe('encryption');
});
