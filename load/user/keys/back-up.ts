import { act, succeeds } from '../act.ts';
import { callPatiently } from '../http/homeserver.ts';
import type { UserState } from '../user-state.ts';
import { backupSession, secretContents } from './backup-shapes.ts';
import { chunks } from './chunks.ts';
import { createKeyState } from './key-state.ts';
import { putNested } from './nested.ts';

/** As matrix-rust-sdk uploads. */
const sessionsAtOnce = 100;
const idCharacters = 43;

/** So many room keys, spread over the rooms of this person; the first time with a backup and secret storage. */
export function backUpKeys(user: UserState, sessions: number, atMs?: number): Promise<boolean> {
  user.keys ??= createKeyState();
  const { keys } = user;
  return act(user, 'backUpKeys', atMs, async () => {
    keys.backupVersion ??= await createBackup(user);
    if (keys.backupVersion === undefined) return false;
    const prefix = user.shared.plan.runTag;
    if (!(await putSessions(user, { version: keys.backupVersion, sessions, prefix }))) return false;
    user.shared.meter.count('sessionsBackedUp', sessions);
    return true;
  });
}

export interface BackedUp {
  readonly version: string;
  readonly sessions: number;
  /** Of the sessions' names, by which a restored one is known as one that was asked for. */
  readonly prefix: string;
}

/** In batches; false when one of them was refused. */
export async function putSessions(user: UserState, { version, sessions, prefix }: BackedUp): Promise<boolean> {
  const path = `/_matrix/client/v3/room_keys/keys?version=${encodeURIComponent(version)}`;
  const numbers = Array.from({ length: sessions }, (_, number) => number);
  for (const batch of chunks(numbers, sessionsAtOnce)) {
    const body = JSON.stringify(backupBatch(user, batch, prefix));
    if (!(await succeeds(user, { name: 'backupKeys', path, body }))) return false;
  }
  return true;
}

async function createBackup(user: UserState): Promise<string | undefined> {
  const { filler } = user.shared;
  for (const [type, content] of secretContents(filler)) {
    const path = `/_matrix/client/v3/user/${encodeURIComponent(user.row.userId)}/account_data/${type}`;
    if (!(await succeeds(user, { name: 'setAccountData', path, body: JSON.stringify(content) }))) return undefined;
  }
  const body = JSON.stringify({
    algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2',
    auth_data: { public_key: filler(43), signatures: { [user.row.userId]: { 'ed25519:BACKUP': filler(86) } } },
  });
  const answer = await callPatiently(user, {
    name: 'createBackup',
    path: '/_matrix/client/v3/room_keys/version',
    body,
  });
  const { version } = (answer.body ?? {}) as { readonly version?: unknown };
  return typeof version === 'string' ? version : undefined;
}

function backupBatch({ row, shared }: UserState, numbers: readonly number[], prefix: string): object {
  const sessions: Record<string, Record<string, object>> = {};
  for (const number of numbers) {
    const roomId = row.rooms[number % row.rooms.length]?.roomId ?? '';
    const id = prefix + shared.random.word(8) + shared.filler(idCharacters - prefix.length - 8);
    putNested(sessions, [roomId, id], backupSession(shared.filler));
  }
  const rooms = Object.entries(sessions).map(([roomId, ofRoom]) => [roomId, { sessions: ofRoom }]);
  return { rooms: Object.fromEntries(rooms) };
}
