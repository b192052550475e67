import { act } from '../act.ts';
import { overMs, type UserState } from '../user-state.ts';
import { putSessions } from './back-up.ts';
import type { KeyState } from './key-state.ts';

/** matrix-js-sdk waits so long by chance before it backs up what came. */
const longestWaitMs = 10_000;

/** Room keys that came or were made go into the backup, where the device has one: later, and many at once. */
export function followBackup(user: UserState, keys: KeyState, sessions: number): void {
  const { backupVersion } = keys;
  if (backupVersion === undefined || sessions === 0) return;
  keys.toBackUp += sessions;
  keys.backingUp ??= backUpLater(user, keys, backupVersion).finally(() => {
    keys.backingUp = undefined;
  });
}

async function backUpLater(user: UserState, keys: KeyState, version: string): Promise<void> {
  const { clock, random, plan } = user.shared;
  const waitMs = random.below(longestWaitMs);
  // Nobody waits for it at the end.
  if (clock.now() + waitMs >= Math.min(plan.durationMs, overMs(user.shared))) return;
  await clock.pause(waitMs);
  const sessions = keys.toBackUp;
  keys.toBackUp = 0;
  const done = await act(user, 'backUpKeys', undefined, () => putSessions(user, { version, sessions, prefix: '' }));
  if (done) user.shared.meter.count('keysBackedUp', sessions);
}
