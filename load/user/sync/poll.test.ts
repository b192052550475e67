import { expect, test } from 'vitest';
import type { Asked } from '../ask.ts';
import { createKeyState } from '../keys/key-state.ts';
import { accountOf } from '../ledger.ts';
import { writeMark } from '../mark.ts';
import { type FakeAnswer, fakeUser, runTag } from '../user.fixture.ts';
import { finishPolling, goOffline, goOnline } from './online.ts';
import { pollEncryption, pollRoomList } from './poll-sliding.ts';
import { pollV2 } from './poll-v2.ts';

const message = (sequence: number, sentMs = 0) => ({
  type: 'm.room.encrypted',
  event_id: `$${sequence}`,
  sender: '@bob:hs1',
  content: { ciphertext: writeMark({ runTag, sequence, intendedMs: sentMs, sentMs }) },
});
const bodyOf = ({ body }: Asked) => JSON.parse(body ?? '{}');
const seenBy = (user: ReturnType<typeof fakeUser>['user']) => user.ledgers.map(accountOf);

/** Answers in turn; the last again and again. */
const inTurn =
  (...answers: readonly FakeAnswer[]) =>
  (_request: Asked, count: number): FakeAnswer =>
    answers[Math.min(count, answers.length) - 1] ?? {};

const v2 = (next_batch: string, timeline?: object): FakeAnswer => ({
  json: { next_batch, ...(timeline && { rooms: { join: { '!team:hs1': { timeline } } } }) },
});
const sliding = (pos: string, room?: object, count = 1): FakeAnswer => ({
  json: {
    pos,
    lists: { all_rooms: { count } },
    rooms: room ? { '!team:hs1': room } : {},
    extensions: {},
  },
});

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

test('room keys are counted once each, and a repeated one apart', async () => {
  const body = writeMark({ runTag, sequence: 4, intendedMs: 0, sentMs: 0 });
  const event = { type: 'm.room.encrypted', sender: '@bob:hs1', content: { ciphertext: { key: { type: 1, body } } } };
  const { user, told } = fakeUser(() => ({ json: { next_batch: 'one', to_device: { events: [event, event] } } }));
  user.keys = { ...createKeyState(), stock: 50 };
  user.onlineSinceMs = 0;
  await pollV2(user);
  expect(told()).toMatchObject({ counters: { keysSeen: 1, keysDuplicated: 1 }, latencies: { keyDelivery: [0, 1] } });
});

test('messages of the time offline are caught up with and not timed', async () => {
  const events = { events: [message(0, 5)] };
  const { user, told } = fakeUser((_request, count) => {
    user.shared.clock.pause(70_000);
    return count === 1 ? v2('one', events) : v2('two');
  });
  await goOnline(user, {});
  expect(told()).toMatchObject({ counters: { seenLater: 1 }, latencies: { goOnline: [70_000, 1] } });
  expect(seenBy(user)[0]).toMatchObject({ seen: 1 });
});

test('who comes back asks from where the person left, or all over again with a lost cache', async () => {
  const { user, asked, told } = fakeUser(({ url }) => {
    // Each poll takes its time, so that the run comes to its end.
    user.shared.clock.pause(url.includes('since') ? 30_000 : 10);
    return v2('one');
  });
  await goOnline(user, {});
  goOffline(user);
  await goOnline(user, { atMs: 0 });
  await finishPolling(user);
  expect(asked.map(({ url }) => /since=(\w+)/.exec(url)?.[1]).slice(0, 3)).toEqual([undefined, 'one', 'one']);
  expect(Object.keys(told().latencies)).toEqual(expect.arrayContaining(['goOnline', 'catchUp']));
});
