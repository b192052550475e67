import { performance } from 'node:perf_hooks';
import type { Account, Bench, Session } from '../../core/model/bench.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { inParallel } from '../../core/run/in-parallel.ts';
import { createMatrixCalls } from './matrix-calls.ts';
import type { PlannedRoom } from './plan-load.ts';

export interface ProvisionOptions {
  readonly bench: Bench;
  readonly rooms: readonly PlannedRoom[];
  readonly users: number;
  /** Letters and digits, new for every run. */
  readonly label: string;
  readonly signal: AbortSignalLike;
  readonly onProgress: (text: string) => void;
}

/** People who are logged in and rooms they are in. */
export interface Provisioned {
  readonly sessions: readonly Session[];
  /** By index of the room. */
  readonly roomIds: readonly string[];
  readonly joins: number;
  readonly joinMs: number;
}

/** A homeserver gains nothing from more: its joins of one room wait for each other. */
const parallelCalls = 8;

export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  const { bench, users, label, onProgress } = options;
  onProgress(`${users} accounts`);
  const accounts = await bench.accounts.leaseMany(label, users);
  const sessions = await logIn(bench, accounts);
  onProgress(`${options.rooms.length} rooms`);
  const sessionOf = (user: number | undefined): Session => {
    const session = user === undefined ? undefined : sessions[user];
    if (session === undefined) throw new RangeError(`no session for user ${user} of ${sessions.length}`);
    return session;
  };
  const roomIds = await createRooms(options, sessionOf);
  const startedAt = performance.now();
  const joins = await joinRooms(options, sessionOf, roomIds);
  return { sessions, roomIds, joins, joinMs: performance.now() - startedAt };
}

async function logIn(bench: Bench, accounts: readonly Account[]): Promise<Session[]> {
  const sessions: Session[] = [];
  await inParallel([...accounts.entries()], parallelCalls, async ([user, account]) => {
    sessions[user] = await bench.accounts.login(account, 'Lastgerät');
  });
  return sessions;
}

type SessionOf = (user: number | undefined) => Session;

async function createRooms({ bench, rooms, label, signal }: ProvisionOptions, sessionOf: SessionOf): Promise<string[]> {
  const matrix = createMatrixCalls(bench.send, bench.target.homeserverUrl, signal);
  const roomIds: string[] = [];
  await inParallel([...rooms.entries()], parallelCalls, async ([index, { kind, members }]) => {
    roomIds[index] = await matrix.createRoom(sessionOf(members[0]), `${label} ${kind} ${index + 1}`);
  });
  return roomIds;
}

/** Everybody but the creators, who are in already. Returns how many joined. */
async function joinRooms(options: ProvisionOptions, sessionOf: SessionOf, roomIds: readonly string[]): Promise<number> {
  const { bench, rooms, signal } = options;
  const matrix = createMatrixCalls(bench.send, bench.target.homeserverUrl, signal);
  const joins = roomIds.flatMap((roomId, index) =>
    (rooms[index]?.members ?? []).slice(1).map((user) => ({ roomId, user })),
  );
  const progress = everyTenth(joins.length, options.onProgress);
  await inParallel(interleaved(joins), parallelCalls, async ({ roomId, user }) => {
    await matrix.join(sessionOf(user), roomId);
    progress();
  });
  return joins.length;
}

/** Neighbours in the list are mostly in the same room, where joins wait for each other: mixes far apart ones. */
function interleaved<T>(items: readonly T[]): T[] {
  const stride = Math.max(1, Math.floor(items.length / parallelCalls));
  return Array.from({ length: stride }, (_, offset) =>
    items.filter((_item, index) => index % stride === offset),
  ).flat();
}

function everyTenth(total: number, onProgress: (text: string) => void): () => void {
  const step = Math.max(1, Math.ceil(total / 10));
  let done = 0;
  return () => {
    if (++done % step === 0 || done === total) onProgress(`${done}/${total} joins`);
  };
}
