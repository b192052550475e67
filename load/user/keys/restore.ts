import { act, succeeds } from '../act.ts';
import { callPatiently } from '../http/homeserver.ts';
import type { UserState } from '../user-state.ts';
import { defaultKeyType, secretKeyType, secretTypes } from './backup-shapes.ts';
import { renewedKeyState } from './key-state.ts';
import { setUpKeys } from './own-keys.ts';

/** A whole backup is one large answer. */
const bulkTimeoutMs = 120_000;

interface RestoreBody {
  readonly rooms?: Readonly<Record<string, { readonly sessions?: Readonly<Record<string, unknown>> } | undefined>>;
}

/** What a new device does one after another: secret storage, the backup and all that is in it, keys of its own. */
export function restoreKeys(user: UserState, atMs?: number): Promise<boolean> {
  return act(user, 'restoreKeys', atMs, async () => {
    user.keys = renewedKeyState(user.keys, 'same');
    if (!(await readSecrets(user))) return false;
    const version = await backupVersion(user);
    if (version === undefined) return false;
    const sessions = await download(user, version);
    if (sessions === undefined) return false;
    user.keys.backupVersion = version;
    user.shared.meter.count('sessionsRestored', sessions);
    return await setUpKeys(user);
  });
}

async function readSecrets(user: UserState): Promise<boolean> {
  const base = `/_matrix/client/v3/user/${encodeURIComponent(user.row.userId)}/account_data`;
  for (const type of [defaultKeyType, secretKeyType, ...secretTypes]) {
    if (!(await succeeds(user, { name: 'accountData', path: `${base}/${type}` }))) return false;
  }
  return true;
}

async function backupVersion(user: UserState): Promise<string | undefined> {
  const path = '/_matrix/client/v3/room_keys/version';
  const { version } = ((await callPatiently(user, { name: 'backupVersion', path })).body ?? {}) as {
    readonly version?: unknown;
  };
  return typeof version === 'string' ? version : undefined;
}

/** How many of the room keys came that this run put in; undefined when the homeserver refused. */
async function download(user: UserState, version: string): Promise<number | undefined> {
  const path = `/_matrix/client/v3/room_keys/keys?version=${encodeURIComponent(version)}`;
  const answer = await callPatiently(user, { name: 'restoreKeys', path, timeoutMs: bulkTimeoutMs });
  if (answer.status !== 200) return undefined;
  const { rooms = {} }: RestoreBody = answer.body ?? {};
  const ids = Object.values(rooms).flatMap((room) => Object.keys(room?.sessions ?? {}));
  return ids.filter((id) => id.startsWith(user.shared.plan.runTag)).length;
}
