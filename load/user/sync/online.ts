import type { ActionClass } from '../../scenarios/action-classes.ts';
import type { GoOnline, SyncKind } from '../../scenarios/virtual-user.ts';
import { draw } from '../choices.ts';
import { isComplete } from '../ledger.ts';
import { overMs, type UserState } from '../user-state.ts';
import { pollEncryption, pollRoomList } from './poll-sliding.ts';
import { pollV2 } from './poll-v2.ts';

type Poll = (user: UserState) => Promise<boolean>;

/** Nobody knows how many room keys are to come: a device with keys stays a little for those of the last moment. */
const keyGraceMs = 2_000;

const connections: Readonly<Record<SyncKind, readonly Poll[]>> = {
  v2: [pollV2],
  sliding: [pollRoomList, pollEncryption],
};

/** First or catch-up synchronisation, then polls in the background. Resolves when online or when the run is over. */
export async function goOnline(user: UserState, how: GoOnline): Promise<void> {
  if (user.onlineSinceMs !== null) return;
  const { clock, meter, slidingShare } = user.shared;
  const { sync = draw(user, 'sync') < slidingShare ? 'sliding' : 'v2', pollMs = 30_000, fresh = false } = how;
  const epoch = ++user.epoch;
  user.pollMs = pollMs;
  if (fresh) Object.assign(user, { since: undefined, sliding: undefined });
  const hasPosition = user.since !== undefined || user.sliding !== undefined;
  const action: ActionClass = hasPosition ? 'catchUp' : 'goOnline';
  const startedAtMs = clock.now();
  const firsts = connections[sync].map((poll) => pollUntilAnswered(user, epoch, poll));
  if ((await Promise.all(firsts)).includes(false)) return;
  user.onlineSinceMs = clock.now();
  user.leftAtMs = undefined;
  user.onlineAtMs ??= user.onlineSinceMs;
  meter.record(action, user.onlineSinceMs - (how.atMs ?? startedAtMs));
  meter.record(`${action}Actual`, user.onlineSinceMs - startedAtMs);
  meter.changeOnline(1);
  user.polling = keepPolling(user, epoch, connections[sync]);
}

/** Polls under way are not looked at any more when they come back; until then the homeserver keeps them open. */
export function goOffline(user: UserState): void {
  user.epoch++;
  if (user.onlineSinceMs === null) return;
  user.shared.meter.changeOnline(-1);
  Object.assign(user, { onlineSinceMs: null, polling: undefined, leftAtMs: user.shared.clock.now() });
}

/** Polls go on until measuring is over and everything expected was seen, at the latest to the end of the run. */
export function finishPolling(user: UserState): void {
  user.finishing = true;
}

async function pollUntilAnswered(user: UserState, epoch: number, poll: Poll): Promise<boolean> {
  while (user.epoch === epoch && !isOver(user)) {
    if (await poll(user)) return true;
  }
  return false;
}

/** Waits for the first connection itself: each function more that waits costs every person some kilobytes. */
async function keepPolling(user: UserState, epoch: number, [poll, ...others]: readonly Poll[]): Promise<void> {
  const besides = others.map((other) => pollBeside(user, epoch, other));
  while (poll !== undefined && user.epoch === epoch && !isOver(user)) await poll(user);
  for (const beside of besides) await beside;
  if (user.epoch !== epoch) return;
  user.shared.meter.changeOnline(-1);
  user.offlineAtMs = user.shared.clock.now();
}

async function pollBeside(user: UserState, epoch: number, poll: Poll): Promise<void> {
  while (user.epoch === epoch && !isOver(user)) await poll(user);
}

/** Who has seen everything early stays to the end of measuring: the load is of so many people for so long. */
function isOver({ shared, finishing, ledgers, keys }: UserState): boolean {
  const nowMs = shared.clock.now();
  const isMeasured = nowMs >= shared.plan.durationMs + (keys === undefined ? 0 : keyGraceMs);
  return nowMs >= overMs(shared) || (isMeasured && finishing && ledgers.every(isComplete));
}
