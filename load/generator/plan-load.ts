import { createRandom, type Random } from '../../core/random.ts';
import { busyHourMessages } from '../population/activity-profiles.ts';
import { ciphertextCharacters, drawTextBytes } from '../population/message-size.ts';
import { layOutRooms, type Room } from '../population/room-layout.ts';
import type { Scale, Scenario } from '../scenarios/scenario.ts';

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

/** Everything that will happen, decided before it does; the same seed and scale give the same schedule. */
export interface Schedule {
  readonly rooms: readonly Room[];
  readonly roomsOfUser: readonly (readonly number[])[];
  /** By user, each in order of time. */
  readonly messages: readonly (readonly PlannedMessage[])[];
  readonly arrivalsMs: readonly number[];
}

export function planLoad(scenario: Pick<Scenario, 'rooms' | 'profile'>, scale: Scale, seed: string): Schedule {
  const rooms = layOutRooms(scale.users, scenario.rooms);
  const users = Array.from({ length: scale.users }, (_, user) => user);
  const roomsOfUser = users.map((user) => rooms.flatMap(({ members }, room) => (members.includes(user) ? [room] : [])));
  const perMs = (busyHourMessages(scenario.profile) * scale.compression) / 3_600_000;
  const messages = users.map((sender) => {
    const random = createRandom(`${seed}|messages|${sender}`);
    const own = (roomsOfUser[sender] ?? []).map((room) => ({ room, share: rooms[room]?.roomClass.messageShare ?? 0 }));
    return messagesOf({ sender, own, random, perMs, untilMs: scale.durationS * 1_000 });
  });
  return { rooms, roomsOfUser, messages, arrivalsMs: users.map((user) => arrivalMs(user, scale)) };
}

interface SenderOptions {
  readonly sender: number;
  readonly own: readonly { readonly room: number; readonly share: number }[];
  readonly random: Random;
  readonly perMs: number;
  readonly untilMs: number;
}

/** A Poisson process: the gaps are exponential, nobody waits for an answer before writing the next message. */
function messagesOf({ sender, own, random, perMs, untilMs }: SenderOptions): PlannedMessage[] {
  const messages: PlannedMessage[] = [];
  const sequences = new Map<number, number>();
  const gapMs = () => -Math.log(1 - random.next()) / perMs;
  for (let atMs = gapMs(); atMs < untilMs; atMs += gapMs()) {
    const room = pickRoom(own, random);
    const sequence = sequences.get(room) ?? 0;
    sequences.set(room, sequence + 1);
    const characters = ciphertextCharacters(drawTextBytes(random));
    messages.push({ sender, room, sequence, atMs: Math.round(atMs), ciphertextCharacters: characters });
  }
  return messages;
}

function pickRoom(own: SenderOptions['own'], random: Random): number {
  let left = random.next() * own.reduce((sum, { share }) => sum + share, 0);
  const picked = own.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  const room = picked ?? own.at(-1);
  if (room === undefined) throw new RangeError('a user without a room cannot send');
  return room.room;
}

/** Evenly over the first four fifths of the ramp; in the rest the last ones come online. */
function arrivalMs(user: number, { users, rampS }: Scale): number {
  return Math.round(-rampS * 1_000 + (rampS * 800 * user) / users);
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
