import { expect, test } from 'vitest';
import type { UserRecord } from '../scenarios/load-record.ts';
import { accountDeliveries } from './account-deliveries.ts';
import type { PlannedMessage, Schedule } from './plan-load.ts';

const userIds = ['@alice:hs1', '@bob:hs1', '@carol:hs1'];
const message = (sender: number, sequence: number, atMs: number): PlannedMessage => ({
  sender,
  sequence,
  atMs,
  room: 0,
  ciphertextCharacters: 319,
});

/** Alice sends twice and Bob once, in a room of three. */
const schedule: Schedule = {
  rooms: [{ kind: 'team', members: [0, 1, 2] }],
  roomsOfUser: [[0], [0], [0]],
  messages: [[message(0, 0, 1_000), message(0, 1, 2_000)], [message(1, 0, 1_500)], []],
  arrivalsMs: [-1_000, -1_000, -1_000],
  planHash: '',
  roomsHash: '',
};

const record = (user: number, seen: number, own: Partial<UserRecord> = {}): [number, UserRecord] => [
  user,
  {
    type: 'user',
    process: 1,
    vu: 1,
    user,
    onlineAtMs: -500,
    offlineAtMs: 17_000,
    unconfirmed: [],
    rooms: [{ seen, duplicated: 0, outOfOrder: 0 }],
    ...own,
  },
];

const seeing = (seenBySender: Record<string, number[]>) => {
  const seen = Object.values(seenBySender).flat().length;
  return { rooms: [{ seen, duplicated: 0, outOfOrder: 0, seenBySender }] };
};

const account = (...users: readonly [number, UserRecord][]) =>
  accountDeliveries({ schedule, userIds, users: new Map(users) });

test('complete ledgers leave nothing lost', () => {
  expect(account(record(0, 1), record(1, 2), record(2, 3))).toEqual({
    messages: 3,
    unconfirmed: 0,
    planned: 6,
    seen: 6,
    lost: 0,
    duplicated: 0,
    outOfOrder: 0,
    neverOnline: 0,
    unreachable: 0,
  });
});

test('a confirmed message that somebody online did not see is lost, and named', () => {
  const { lost, firstLost } = account(
    record(0, 1),
    record(1, 2),
    record(2, 2, seeing({ '@alice:hs1': [0], '@bob:hs1': [0] })),
  );
  expect(lost).toBe(1);
  expect(firstLost).toMatchObject({ sender: 0, sequence: 1, recipient: 2 });
});

test('a message the homeserver never confirmed is not lost but unconfirmed', () => {
  const alice = record(0, 1, { unconfirmed: [0, 1] });
  const { lost, unconfirmed } = account(alice, record(1, 1, seeing({ '@alice:hs1': [0] })), record(2, 3));
  expect({ lost, unconfirmed }).toEqual({ lost: 0, unconfirmed: 1 });
});

test('what was sent before somebody came online is not lost to that person', () => {
  const late = record(2, 1, { onlineAtMs: 1_800, ...seeing({ '@alice:hs1': [1] }) });
  expect(account(record(0, 1), record(1, 2), late).lost).toBe(0);
});

test('what was sent after somebody had gone offline for good is not lost, what came before is', () => {
  const none = seeing({});
  const gone = record(2, 0, { leftAtMs: 0, ...none });
  expect(account(record(0, 1), record(1, 2), gone)).toMatchObject({ lost: 0, unreachable: 3 });
  const atTheEnd = record(2, 0, { leftAtMs: 60_000, ...none });
  expect(account(record(0, 1), record(1, 2), atTheEnd)).toMatchObject({ lost: 3, unreachable: 0 });
});

test('who never came online is counted as such', () => {
  const absent = record(2, 0, { onlineAtMs: null, ...seeing({}) });
  expect(account(record(0, 1), record(1, 2), absent)).toMatchObject({ neverOnline: 1, lost: 0, seen: 3 });
});

test('seeing another message instead does not make up for a lost one', () => {
  const bob = record(1, 2, seeing({ '@alice:hs1': [0, 7] }));
  expect(account(record(0, 1), bob, record(2, 3)).lost).toBe(1);
});
