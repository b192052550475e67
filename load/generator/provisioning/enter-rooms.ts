import type { Bench, Session } from '../../../core/model/bench.ts';
import type { AbortSignalLike } from '../../../core/model/family-runtime.ts';
import type { Text } from '../../../core/model/text.ts';
import { inParallel } from '../../../core/run/in-parallel.ts';
import type { PlannedRoom } from '../plan-load.ts';
import { parallelCalls } from './enter-people.ts';
import { joinsInOrder } from './join-order.ts';
import { createMatrixCalls, type MatrixCalls } from './matrix-calls.ts';
import { createPace } from './pace.ts';
import { membership, type ProvisioningJournal } from './provisioning-journal.ts';

export interface RoomOptions {
  readonly bench: Bench;
  readonly rooms: readonly PlannedRoom[];
  /** By index of the user. */
  readonly sessions: readonly Session[];
  readonly label: string;
  readonly journal: ProvisioningJournal;
  readonly signal: AbortSignalLike;
  readonly tell: (text: Text) => void;
}

export interface EnteredRooms {
  /** By index of the room. */
  readonly roomIds: readonly string[];
  /** Of this call. */
  readonly joins: number;
  readonly joinMs: number;
}

/** Every room that is missing is created by its first member, and everybody joins who has not. */
export async function enterRooms(options: RoomOptions): Promise<EnteredRooms> {
  const { bench, rooms, journal, signal } = options;
  const matrix = createMatrixCalls(bench.send, bench.target.homeserverUrl, signal);
  await createRooms(options, matrix);
  const { joins, joinMs } = await joinRooms(options, matrix);
  const roomIds = rooms.map((_room, index) => roomIdOf(journal, index));
  return { roomIds, joins, joinMs };
}

async function createRooms({ rooms, sessions, label, journal, tell }: RoomOptions, matrix: MatrixCalls): Promise<void> {
  const missing = [...rooms.entries()].filter(([room]) => !journal.prepared.rooms.has(room));
  const pace = createPace(missing.length, { de: 'Räume', en: 'rooms' }, tell);
  await inParallel(missing, parallelCalls, async ([room, { kind, members }]) => {
    const roomId = await matrix.createRoom(sessionOf(sessions, members[0]), `${label} ${kind} ${room + 1}`);
    journal.note({ type: 'room', room, roomId });
    pace.done();
  });
}

async function joinRooms({ rooms, sessions, journal, tell }: RoomOptions, matrix: MatrixCalls) {
  const missing = joinsInOrder(rooms).filter(({ room, user }) => !journal.prepared.joined.has(membership(room, user)));
  const pace = createPace(missing.length, { de: 'Beitritte', en: 'joins' }, tell);
  await inParallel(missing, parallelCalls, async ({ room, user }) => {
    await matrix.join(sessionOf(sessions, user), roomIdOf(journal, room));
    journal.note({ type: 'joined', room, user });
    pace.done();
  });
  return { joins: missing.length, joinMs: pace.elapsedMs };
}

function sessionOf(sessions: readonly Session[], user: number | undefined): Session {
  const session = user === undefined ? undefined : sessions[user];
  if (session === undefined) throw new RangeError(`no session for user ${user} of ${sessions.length}`);
  return session;
}

function roomIdOf({ prepared }: ProvisioningJournal, room: number): string {
  const roomId = prepared.rooms.get(room);
  if (roomId === undefined) throw new RangeError(`no room ${room} of ${prepared.rooms.size}`);
  return roomId;
}
