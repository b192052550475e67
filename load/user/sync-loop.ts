import { backOffMs } from './back-off.ts';
import { fillGap } from './fill-gap.ts';
import { call } from './homeserver.ts';
import { isComplete } from './ledger.ts';
import { receive } from './receive.ts';
import { objectFrom, type SyncBody } from './sync-body.ts';
import { overMs, type UserState } from './user-state.ts';

/** What matrix-js-sdk asks for, and how much longer a client waits for the answer itself. */
const pollMs = 30_000;
const graceMs = 30_000;
const shortPollMs = 1_000;
const filter = encodeURIComponent(
  JSON.stringify({ room: { timeline: { limit: 20 }, state: { lazy_load_members: true } } }),
);

/** First synchronisation, then polls in the background. Resolves when online or when the run is over. */
export async function goOnline(user: UserState): Promise<void> {
  for (let attempt = 0; user.onlineAtMs === null && !isOver(user); ) attempt = await poll(user, attempt);
  if (user.onlineAtMs !== null) user.polling = keepPolling(user);
}

/** Resolves when measuring is over and everything expected was seen, at the latest at the end of the run. */
export function finishPolling(user: UserState): Promise<void> {
  user.finishing = true;
  return user.polling ?? Promise.resolve();
}

async function keepPolling(user: UserState): Promise<void> {
  user.shared.meter.changeOnline(1);
  for (let attempt = 0; !isOver(user); ) attempt = await poll(user, attempt);
  user.shared.meter.changeOnline(-1);
  user.offlineAtMs = user.shared.clock.now();
}

/** Who has seen everything early stays to the end of measuring: the load is of so many people for so long. */
function isOver({ shared, finishing, ledgers }: UserState): boolean {
  const nowMs = shared.clock.now();
  const isMeasured = nowMs >= shared.plan.durationMs;
  return nowMs >= overMs(shared) || (isMeasured && finishing && ledgers.every(isComplete));
}

/** One request; the result is the number of failures in a row. */
async function poll(user: UserState, failures: number): Promise<number> {
  const { clock, meter, random } = user.shared;
  const startedAt = clock.now();
  const waitMs = user.since === undefined ? 0 : pollTime(user);
  const path = pathFor(user.since, waitMs);
  const answer = await call(user, { method: 'GET', path, name: 'sync', timeoutMs: waitMs + graceMs });
  const body = answer.status === 200 ? objectFrom<SyncBody>(answer.body) : undefined;
  if (body?.next_batch === undefined) {
    if (answer.status === 200) meter.fail('sync unreadable');
    const pauseMs = answer.retryAfterMs ?? backOffMs(random, failures);
    await clock.pause(Math.min(pauseMs, overMs(user.shared) - clock.now()));
    return failures + 1;
  }
  meter.count('polls');
  meter.count('syncBytes', answer.body?.length ?? 0);
  if (user.since === undefined) meter.record('initialSync', clock.now() - startedAt);
  await receiveAll(user, body);
  user.onlineAtMs ??= clock.now();
  user.since = body.next_batch;
  return 0;
}

function pollTime({ shared }: UserState): number {
  const untilMs = shared.plan.durationMs + 1_000 + shared.random.below(shared.plan.endSpreadMs);
  return Math.max(shortPollMs, Math.min(pollMs, Math.round(untilMs - shared.clock.now())));
}

function pathFor(since: string | undefined, waitMs: number): string {
  const position = since === undefined ? '' : `&since=${encodeURIComponent(since)}`;
  return `/_matrix/client/v3/sync?filter=${filter}&timeout=${waitMs}${position}`;
}

async function receiveAll(user: UserState, body: SyncBody): Promise<void> {
  for (const [roomId, { timeline }] of Object.entries(body.rooms?.join ?? {})) {
    const room = user.row.rooms.findIndex((own) => own.roomId === roomId);
    if (timeline?.events === undefined || room < 0) continue;
    if (timeline.limited === true && user.since !== undefined) receive(user, room, await fillGap(user, room, timeline));
    receive(user, room, timeline.events);
  }
}
