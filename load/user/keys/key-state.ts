import { createRoomLedger, type RoomLedger } from '../ledger.ts';

/** What a device with keys keeps. */
export interface KeyState {
  /** Counts the one-time keys it ever uploaded, so that each gets a new name. */
  uploaded: number;
  /** One-time keys the homeserver has left, as it last said. */
  stock: number;
  refilling: Promise<unknown> | undefined;
  /** People whose devices it asked for, and those to ask for again. */
  readonly tracked: Set<string>;
  readonly outdated: Set<string>;
  querying: Promise<unknown> | undefined;
  /** `person device` with which it has an Olm session. */
  readonly sessions: Set<string>;
  /** Room → its present room key. */
  readonly roomKeys: Map<number, RoomKey>;
  /** The last sharing of a room key; one follows the other, so that none claims what another has. */
  sharing: Promise<unknown> | undefined;
  /** Counts the room keys it made. */
  rotations: number;
  /** Keys that came, by sender. */
  readonly received: RoomLedger;
  backupVersion: string | undefined;
  /** Room keys that are not in the backup yet. */
  toBackUp: number;
  backingUp: Promise<void> | undefined;
}

export interface RoomKey {
  readonly madeAtMs: number;
  messages: number;
}

export function createKeyState(): KeyState {
  return {
    uploaded: 0,
    stock: 0,
    refilling: undefined,
    tracked: new Set(),
    outdated: new Set(),
    querying: undefined,
    sessions: new Set(),
    roomKeys: new Map(),
    sharing: undefined,
    rotations: 0,
    received: createRoomLedger(Number.POSITIVE_INFINITY),
    backupVersion: undefined,
    toBackUp: 0,
    backingUp: undefined,
  };
}

/** After what a person's device knew is gone; what the account of room keys needs goes on. */
export function renewedKeyState(old: KeyState | undefined, device: 'same' | 'new'): KeyState {
  const fresh = createKeyState();
  if (old === undefined) return fresh;
  const { rotations, received } = old;
  // The keys of the same device must not take names that are taken.
  return { ...fresh, rotations, received, uploaded: device === 'same' ? old.uploaded : 0 };
}
