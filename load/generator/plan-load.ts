import type { MessageTable } from '../population/message-table.ts';
import { membersOf, roomsOf } from '../population/room-table.ts';
import { compactPlan, type PlanOptions } from './compact-plan.ts';
import { hashOfPlan, hashOfRooms } from './plan-hash.ts';

export interface PlannedMessage {
  /** Index of the user. */
  readonly sender: number;
  /** Index of the room. */
  readonly room: number;
  /** Counts from 0 for each sender and room. */
  readonly sequence: number;
  readonly atMs: number;
  readonly ciphertextCharacters: number;
}

export interface PlannedRoom {
  /** Name of its class, a–z. */
  readonly kind: string;
  /** Indexes of users. The first one creates the room. */
  readonly members: readonly number[];
}

/** Everything that will happen, decided before it does; the same population, scale and seed give the same schedule. */
export interface Schedule {
  readonly rooms: readonly PlannedRoom[];
  readonly roomsOfUser: readonly (readonly number[])[];
  /** By user, each in order of time. */
  readonly messages: readonly (readonly PlannedMessage[])[];
  readonly arrivalsMs: readonly number[];
  /** SHA-256 of all of it, hexadecimal. */
  readonly planHash: string;
  /** SHA-256 of the rooms and their members alone: what can stay on a homeserver for the next run. */
  readonly roomsHash: string;
}

/** Throws UsageError when the population does not have so many people or such rooms. */
export function planLoad(options: PlanOptions): Schedule {
  const plan = compactPlan(options);
  const { table, own, messages, arrivalsMs } = plan;
  const users = Array.from(arrivalsMs, (_, user) => user);
  return {
    rooms: Array.from(table.kindOf, (kind, room) => ({
      kind: table.kinds[kind]?.name ?? '',
      members: Array.from(membersOf(table, room)),
    })),
    roomsOfUser: users.map((user) => Array.from(roomsOf(own, user))),
    messages: users.map((sender) => messagesOf(messages, sender)),
    arrivalsMs: Array.from(arrivalsMs),
    planHash: hashOfPlan(plan),
    roomsHash: hashOfRooms(plan),
  };
}

function messagesOf({ firstOf, ...columns }: MessageTable, sender: number): PlannedMessage[] {
  const first = firstOf[sender] ?? 0;
  return Array.from({ length: (firstOf[sender + 1] ?? 0) - first }, (_, offset) => ({
    sender,
    room: columns.room[first + offset] ?? 0,
    sequence: columns.sequence[first + offset] ?? 0,
    atMs: columns.atMs[first + offset] ?? 0,
    ciphertextCharacters: columns.ciphertextCharacters[first + offset] ?? 0,
  }));
}

/** Messages of others that each user will get, by user and place in the user's list of rooms. */
export function expectedDeliveries({ rooms, roomsOfUser, messages }: Schedule): number[][] {
  const inRoom = rooms.map(() => 0);
  const ofUserInRoom = messages.map((own) => {
    const counts = new Map<number, number>();
    for (const { room } of own) {
      inRoom[room] = (inRoom[room] ?? 0) + 1;
      counts.set(room, (counts.get(room) ?? 0) + 1);
    }
    return counts;
  });
  return roomsOfUser.map((own, user) => own.map((room) => (inRoom[room] ?? 0) - (ofUserInRoom[user]?.get(room) ?? 0)));
}
