import { act } from '../act.ts';
import { callPatiently } from '../http/homeserver.ts';
import type { UserState } from '../user-state.ts';
import { fullStock, keyUpload } from './device-keys.ts';
import { createKeyState, type KeyState } from './key-state.ts';

const path = '/_matrix/client/v3/keys/upload';

/** Device keys with a full stock; the device takes part in key traffic from now on. */
export function setUpKeys(user: UserState, atMs?: number): Promise<boolean> {
  user.keys ??= createKeyState();
  const { keys } = user;
  return act(user, 'setUpKeys', atMs, () => upload(user, keys, { device: true, count: fullStock }));
}

/** What is missing to the full stock; nothing is asked when nothing is. */
export async function refillKeys(user: UserState, atMs?: number): Promise<boolean> {
  const { keys } = user;
  if (keys === undefined || keys.stock >= fullStock) return true;
  const count = fullStock - keys.stock;
  return await act(user, 'refillKeys', atMs, () => upload(user, keys, { device: false, count }));
}

interface Upload {
  readonly device: boolean;
  readonly count: number;
}

async function upload(user: UserState, keys: KeyState, { device, count }: Upload): Promise<boolean> {
  const from = keys.uploaded;
  // The fallback key takes a name as well.
  keys.uploaded += count + 1;
  const body = JSON.stringify(keyUpload(user, { device, count, from }));
  const answer = await callPatiently(user, { name: 'uploadKeys', path, body });
  if (answer.status !== 200) return false;
  keys.stock = stockIn(answer.body) ?? keys.stock + count;
  return true;
}

function stockIn(body: object | undefined): number | undefined {
  const { one_time_key_counts: counts } = (body ?? {}) as { readonly one_time_key_counts?: Record<string, unknown> };
  const count = counts?.['signed_curve25519'];
  return typeof count === 'number' ? count : undefined;
}
