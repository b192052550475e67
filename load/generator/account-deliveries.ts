import type { UserRecord } from '../scenarios/load-record.ts';
import { expectedDeliveries, type PlannedMessage, type Schedule } from './plan-load.ts';

/** What became of every message that somebody was to get. */
export interface Deliveries {
  /** Messages the schedule has. */
  readonly messages: number;
  /** Messages the homeserver did not confirm. */
  readonly unconfirmed: number;
  /** Pairs of message and recipient the schedule has. */
  readonly planned: number;
  readonly seen: number;
  /** Confirmed by the homeserver, sent while the recipient was online, and not seen before the time was over. */
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly neverOnline: number;
  /** Sent after their recipient had gone offline not to come back. */
  readonly unreachable: number;
  /** The first of the lost ones, for the report. */
  readonly firstLost?: LostMessage;
}

export interface LostMessage extends PlannedMessage {
  readonly recipient: number;
}

export interface AccountOptions {
  readonly schedule: Schedule;
  /** By index of the user. */
  readonly userIds: readonly string[];
  readonly users: ReadonlyMap<number, UserRecord>;
}

export function accountDeliveries(options: AccountOptions): Deliveries {
  const { schedule, users } = options;
  const unconfirmed = unconfirmedMessages(options);
  const byRoom = messagesByRoom(schedule);
  const unseen = schedule.roomsOfUser.flatMap((rooms, recipient) =>
    rooms.flatMap((room, place) =>
      unseenBy({ ...options, unconfirmed, recipient, place, messages: byRoom[room] ?? [] }),
    ),
  );
  const isReachable = ({ recipient, atMs }: LostMessage) => atMs < leavingOf(users.get(recipient));
  const lost = unseen.filter(isReachable);
  const [firstLost] = lost;
  return {
    messages: schedule.messages.flat().length,
    unconfirmed: unconfirmed.size,
    planned: expectedDeliveries(schedule)
      .flat()
      .reduce((sum, count) => sum + count, 0),
    lost: lost.length,
    unreachable: unseen.length - lost.length,
    ...sumsOver(users),
    ...(firstLost && { firstLost }),
  };
}

const keyOf = ({ sender, room, sequence }: PlannedMessage) => `${sender}|${room}|${sequence}`;

function unconfirmedMessages({ schedule, users }: AccountOptions): Set<string> {
  const keys = new Set<string>();
  for (const [sender, { unconfirmed }] of users) {
    for (let index = 0; index + 1 < unconfirmed.length; index += 2) {
      const room = schedule.roomsOfUser[sender]?.[unconfirmed[index] ?? -1];
      keys.add(`${sender}|${room}|${unconfirmed[index + 1]}`);
    }
  }
  return keys;
}

function messagesByRoom({ rooms, messages }: Schedule): PlannedMessage[][] {
  const byRoom: PlannedMessage[][] = rooms.map(() => []);
  for (const message of messages.flat()) byRoom[message.room]?.push(message);
  return byRoom;
}

interface RecipientOptions extends AccountOptions {
  readonly unconfirmed: ReadonlySet<string>;
  readonly recipient: number;
  /** In the recipient's list of rooms. */
  readonly place: number;
  /** Everything planned in that room. */
  readonly messages: readonly PlannedMessage[];
}

/** What was sent in the last moment before may have come while the app was closing. */
const leavingMs = 1_000;

const leavingOf = (user: UserRecord | undefined): number => (user?.leftAtMs ?? Number.POSITIVE_INFINITY) - leavingMs;

/** A recipient whose ledger never came is not counted here: without it nothing is known, and the run is invalid anyway. */
function unseenBy({ userIds, users, unconfirmed, recipient, place, messages }: RecipientOptions): LostMessage[] {
  const ledger = users.get(recipient);
  const bySender = ledger?.rooms[place]?.seenBySender;
  if (bySender === undefined) return [];
  const onlineAtMs = ledger?.onlineAtMs ?? Number.POSITIVE_INFINITY;
  const seen = new Set(
    Object.entries(bySender).flatMap(([sender, list]) => list.map((sequence) => `${sender}|${sequence}`)),
  );
  return messages
    .filter((message) => message.sender !== recipient && !unconfirmed.has(keyOf(message)))
    .filter(({ sender, sequence, atMs }) => atMs >= onlineAtMs && !seen.has(`${userIds[sender]}|${sequence}`))
    .map((message) => ({ ...message, recipient }));
}

function sumsOver(users: ReadonlyMap<number, UserRecord>) {
  const sums = { seen: 0, duplicated: 0, outOfOrder: 0, neverOnline: 0 };
  for (const { rooms, onlineAtMs } of users.values()) {
    if (onlineAtMs === null) sums.neverOnline++;
    for (const room of rooms) {
      sums.seen += room.seen;
      sums.duplicated += room.duplicated;
      sums.outOfOrder += room.outOfOrder;
    }
  }
  return sums;
}
