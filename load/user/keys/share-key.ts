import { act } from '../act.ts';
import { membersOf } from '../actions/load-members.ts';
import { callPatiently } from '../http/homeserver.ts';
import { writeMark } from '../mark.ts';
import type { UserState } from '../user-state.ts';
import { chunks } from './chunks.ts';
import { claimSessions, type Device, sessionName } from './claim-sessions.ts';
import { followBackup } from './follow-backup.ts';
import type { KeyState } from './key-state.ts';
import { putNested } from './nested.ts';
import { queryDevices } from './query-devices.ts';
import { isKeyDue } from './rotation-rule.ts';

/** As matrix-rust-sdk sends. */
const messagesAtOnce = 250;
/** An Olm message with a room key in it (assumption: 1.0 to 1.3 KB as a whole). */
const olmCharacters = 900;

/** Before a message: a device with keys makes a new room key when the old one is used up. */
export async function shareKeyWhenDue(user: UserState, room: number, atMs: number): Promise<void> {
  const { clock, timeFactor } = user.shared;
  const key = user.keys?.roomKeys.get(room);
  if (isKeyDue(key, clock.now(), timeFactor)) await rotateKeys(user, room, atMs);
  const present = user.keys?.roomKeys.get(room);
  if (present !== undefined) present.messages++;
}

/** A new room key to every device of the room but the own one. */
export async function rotateKeys(user: UserState, room: number, atMs?: number): Promise<boolean> {
  const { keys } = user;
  const { clock } = user.shared;
  if (keys === undefined) throw new RangeError('a room key is shared by a device that has no keys of its own');
  const intendedMs = atMs ?? clock.now();
  const { sharing } = keys;
  const shared = act(user, 'rotateKeys', atMs, async () => {
    await sharing;
    return await shareNewKey(user, keys, { room, intendedMs });
  });
  keys.sharing = shared;
  return await shared;
}

interface Rotation {
  readonly room: number;
  readonly intendedMs: number;
}

async function shareNewKey(user: UserState, keys: KeyState, { room, intendedMs }: Rotation): Promise<boolean> {
  const devices = await devicesOf(user, keys, room);
  if (devices === undefined) return false;
  keys.roomKeys.set(room, { madeAtMs: user.shared.clock.now(), messages: 0 });
  const sequence = keys.rotations++;
  followBackup(user, keys, 1);
  const reachable = devices.filter((device) => keys.sessions.has(sessionName(device)));
  const batches = chunks(reachable, messagesAtOnce);
  const sent = await Promise.all(batches.map((batch) => sendBatch(user, { batch, sequence, intendedMs })));
  return !sent.includes(false);
}

/** Undefined when the homeserver did not say who is to get the key. */
async function devicesOf(user: UserState, keys: KeyState, room: number): Promise<Device[] | undefined> {
  const members = await membersOf(user, room);
  const unknown = members.filter((person) => !keys.tracked.has(person));
  if (unknown.length > 0 && !(await act(user, 'queryKeys', undefined, () => queryDevices(user, unknown))))
    return undefined;
  const { devices } = user.shared.directory;
  const all = members
    .flatMap((person) => (devices.get(person) ?? []).map((device) => ({ person, device })))
    .filter(({ person, device }) => person !== user.row.userId || device !== user.deviceId);
  const missing = all.filter((device) => !keys.sessions.has(sessionName(device)));
  if (missing.length > 0) await act(user, 'claimKeys', undefined, () => claimSessions(user, keys, missing));
  return all;
}

interface Batch {
  readonly batch: readonly Device[];
  readonly sequence: number;
  readonly intendedMs: number;
}

async function sendBatch(user: UserState, { batch, sequence, intendedMs }: Batch): Promise<boolean> {
  const { plan, clock, filler, random, meter } = user.shared;
  const from = clock.measuringFromMs;
  const mark = writeMark({
    runTag: plan.runTag,
    sequence,
    intendedMs: from + intendedMs,
    sentMs: from + clock.now(),
  });
  const messages: Record<string, Record<string, object>> = {};
  for (const { person, device } of batch) {
    const body = mark + filler(olmCharacters - mark.length);
    putNested(messages, [person, device], {
      algorithm: 'm.olm.v1.curve25519-aes-sha2',
      sender_key: filler(43),
      ciphertext: { [filler(43)]: { type: 1, body } },
      'org.matrix.msgid': filler(32),
    });
  }
  const path = `/_matrix/client/v3/sendToDevice/m.room.encrypted/${random.word(16)}`;
  const { status } = await callPatiently(user, { name: 'sendToDevice', path, body: JSON.stringify({ messages }) });
  // Later ones may come when their recipients have gone home; they are seen or not, and no loss.
  if (status === 200 && clock.now() < plan.durationMs) meter.count('keysShared', batch.length);
  return status === 200;
}
