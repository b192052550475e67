import type { Random } from '../../core/random.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import type { Ask } from './http/ask.ts';
import type { DeviceDirectory } from './keys/device-directory.ts';
import type { KeyState } from './keys/key-state.ts';
import { createRoomLedger, type RoomLedger } from './ledger.ts';
import type { Meter } from './meter.ts';
import type { RunClock } from './run-clock.ts';
import type { SlidingState } from './sync/sliding-state.ts';

/** What the users of one VU share. */
export interface Shared {
  readonly vu: number;
  readonly plan: LoadPlan;
  readonly clock: RunClock;
  readonly meter: Meter;
  readonly ask: Ask;
  /** For what need not repeat: pauses and made-up ciphertext. */
  readonly random: Random;
  /** Letters and digits of that length. */
  readonly filler: (characters: number) => string;
  /** Share of people whose client uses sliding sync. */
  readonly slidingShare: number;
  /** How many times faster than real time room keys grow old. */
  readonly timeFactor: number;
  /** Members and devices, kept once for all users of the VU. */
  readonly directory: DeviceDirectory;
}

export interface Tokens {
  refreshToken: string | undefined;
  renewing: Promise<boolean> | undefined;
}

/**
 * One user as plain data. Thousands are held at once and each function object costs the engine more than half a kilobyte,
 * so users share functions and keep no closures of their own; what only some need is made when they do.
 */
export interface UserState {
  readonly shared: Shared;
  readonly index: number;
  readonly row: UserRow;
  deviceId: string;
  headers: Readonly<Record<string, string>>;
  tokens: Tokens | undefined;
  /** By place in the user's list of rooms. */
  readonly ledgers: readonly RoomLedger[];
  /** The last message of each room that is under way. */
  readonly sending: (Promise<void> | undefined)[];
  /** Room and sequence in turn. */
  readonly unconfirmed: number[];
  /** Newest event of each room that was seen. */
  readonly newest: (string | undefined)[];
  /** Newest own event of each room. */
  readonly own: (string | undefined)[];
  /** Rooms opened before; their members are known. */
  readonly opened: number[];
  /** Actions under way. */
  acting: Set<Promise<unknown>> | undefined;
  /** Rooms with a receipt under way → whether another is to follow. */
  reading: Map<number, boolean> | undefined;
  /** Newest file that came in. */
  attachment: string | undefined;
  since: string | undefined;
  sliding: SlidingState | undefined;
  keys: KeyState | undefined;
  /** Counts the times the person went online or offline: answers to polls of before are not looked at. */
  epoch: number;
  pollMs: number;
  /** Of the present stay online; null while offline. */
  onlineSinceMs: number | null;
  onlineAtMs: number | null;
  offlineAtMs: number | null;
  /** Went offline then and is so still. */
  leftAtMs: number | undefined;
  finishing: boolean;
  polling: Promise<void> | undefined;
}

export function createUserState(shared: Shared, index: number, row: UserRow): UserState {
  return {
    shared,
    index,
    row,
    deviceId: row.deviceId,
    headers: headersFor(row.accessToken),
    tokens: undefined,
    ledgers: row.rooms.map(({ expected }) => createRoomLedger(expected)),
    sending: [],
    unconfirmed: [],
    newest: [],
    own: [],
    opened: [],
    acting: undefined,
    reading: undefined,
    attachment: undefined,
    since: undefined,
    sliding: undefined,
    keys: undefined,
    epoch: 0,
    pollMs: 30_000,
    onlineSinceMs: null,
    onlineAtMs: null,
    offlineAtMs: null,
    leftAtMs: undefined,
    finishing: false,
    polling: undefined,
  };
}

export function enterTokens(user: UserState, accessToken: string, refreshToken: string | undefined): void {
  user.headers = headersFor(accessToken);
  if (user.tokens === undefined) user.tokens = { refreshToken, renewing: undefined };
  else user.tokens.refreshToken = refreshToken;
}

const headersFor = (accessToken: string) => ({
  authorization: `Bearer ${accessToken}`,
  'content-type': 'application/json',
});

/** Nothing is sent or waited for after it. */
export function overMs({ plan }: Shared): number {
  return plan.durationMs + plan.drainMs;
}

/** Start of every path of a room. */
export function roomPath({ row }: UserState, room: number, version = 'v3'): string {
  const roomId = row.rooms[room]?.roomId;
  if (roomId === undefined) throw new RangeError(`an action in room ${room}, the user has ${row.rooms.length}`);
  return `/_matrix/client/${version}/rooms/${encodeURIComponent(roomId)}`;
}
