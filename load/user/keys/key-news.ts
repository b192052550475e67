import { act } from '../act.ts';
import { enterMessage } from '../ledger.ts';
import { readMark } from '../mark.ts';
import type { KeyNews, ToDeviceEvent } from '../sync/sync-body.ts';
import type { UserState } from '../user-state.ts';
import { followBackup } from './follow-backup.ts';
import type { KeyState } from './key-state.ts';
import { refillKeys } from './own-keys.ts';
import { queryDevices } from './query-devices.ts';

/** What a synchronisation tells a device with keys: it refills its stock, follows changed devices and takes in room keys. */
export function takeKeyNews(user: UserState, news: KeyNews, messages: readonly ToDeviceEvent[]): void {
  const { keys } = user;
  if (keys === undefined) return;
  followBackup(user, keys, enterKeys(user, keys, messages));
  keys.stock = news.device_one_time_keys_count?.['signed_curve25519'] ?? keys.stock;
  keys.refilling ??= refillKeys(user).finally(() => {
    keys.refilling = undefined;
  });
  for (const person of news.device_lists?.changed ?? []) if (keys.tracked.has(person)) keys.outdated.add(person);
  if (keys.outdated.size > 0) keys.querying ??= askAgain(user, keys);
}

async function askAgain(user: UserState, keys: KeyState): Promise<void> {
  const people = [...keys.outdated];
  keys.outdated.clear();
  await act(user, 'queryKeys', undefined, () => queryDevices(user, people));
  keys.querying = undefined;
}

/** Senders number their room keys; a recipient is not in every room, so that gaps are none. Returns how many are new. */
function enterKeys({ shared, onlineSinceMs }: UserState, keys: KeyState, messages: readonly ToDeviceEvent[]): number {
  const { meter, clock, plan } = shared;
  let entered = 0;
  for (const { sender, content } of messages) {
    const mark = readMark(bodyOf(content?.ciphertext), plan.runTag);
    if (mark === undefined || sender === undefined) continue;
    if (!enterMessage(keys.received, sender, mark.sequence)) {
      meter.count('keysDuplicated');
      continue;
    }
    meter.count('keysSeen');
    entered++;
    const sentMs = mark.sentMs - clock.measuringFromMs;
    if (onlineSinceMs !== null && sentMs >= onlineSinceMs) {
      meter.record('keyDelivery', clock.measuringFromMs + clock.now() - mark.intendedMs);
    }
  }
  return entered;
}

/** An Olm message names its recipient's key, and under it type and body. */
function bodyOf(ciphertext: unknown): unknown {
  if (typeof ciphertext !== 'object' || ciphertext === null) return undefined;
  const [first]: readonly unknown[] = Object.values(ciphertext);
  return typeof first === 'object' && first !== null && 'body' in first ? first.body : undefined;
}
