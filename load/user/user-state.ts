import type { Random } from '../../core/random.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import { createRoomLedger, type RoomLedger } from './ledger.ts';
import type { Meter } from './meter.ts';
import type { RunClock } from './run-clock.ts';

/** What the users of one VU share. */
export interface Shared {
  readonly vu: number;
  readonly plan: LoadPlan;
  readonly clock: RunClock;
  readonly meter: Meter;
  /** For what need not repeat: pauses and made-up ciphertext. */
  readonly random: Random;
  /** Letters and digits of that length. */
  readonly filler: (characters: number) => string;
}

/**
 * One user as plain data. Thousands are held at once and each function object costs the engine more than half a kilobyte,
 * so users share functions and keep no closures of their own.
 */
export interface UserState {
  readonly shared: Shared;
  readonly index: number;
  readonly row: UserRow;
  readonly headers: Readonly<Record<string, string>>;
  /** By place in the user's list of rooms. */
  readonly ledgers: readonly RoomLedger[];
  /** The last message of each room that is under way. */
  readonly sending: (Promise<void> | undefined)[];
  /** Room and sequence in turn. */
  readonly unconfirmed: number[];
  since: string | undefined;
  onlineAtMs: number | null;
  offlineAtMs: number | null;
  finishing: boolean;
  polling: Promise<void> | undefined;
}

export function createUserState(shared: Shared, index: number, row: UserRow): UserState {
  return {
    shared,
    index,
    row,
    headers: { authorization: `Bearer ${row.accessToken}`, 'content-type': 'application/json' },
    ledgers: row.rooms.map(({ expected }) => createRoomLedger(expected)),
    sending: [],
    unconfirmed: [],
    since: undefined,
    onlineAtMs: null,
    offlineAtMs: null,
    finishing: false,
    polling: undefined,
  };
}

/** Nothing is sent or waited for after it. */
export function overMs({ plan }: Shared): number {
  return plan.durationMs + plan.drainMs;
}
