import { call } from '../http/homeserver.ts';
import { takeKeyNews } from '../keys/key-news.ts';
import type { UserState } from '../user-state.ts';
import { fillGap } from './fill-gap.ts';
import { countPoll, graceMs, keepAlive, pollTime } from './poll-result.ts';
import { receive, roomPlace } from './receive.ts';
import type { SyncBody, Timeline } from './sync-body.ts';

/** Element's filter: few events of each room, members only of who is seen. */
const filter = encodeURIComponent(
  JSON.stringify({ room: { timeline: { limit: 20 }, state: { lazy_load_members: true } } }),
);

/** One request; true when it was answered and the person is still there. */
export async function pollV2(user: UserState): Promise<boolean> {
  const { clock, meter } = user.shared;
  const { epoch, since } = user;
  const startedAtMs = clock.now();
  const waitMs = since === undefined || user.onlineSinceMs === null ? 0 : pollTime(user);
  const answer = await call(user, { name: 'sync', path: pathFor(since, waitMs), timeoutMs: waitMs + graceMs });
  if (user.epoch !== epoch) return false;
  const body: SyncBody = answer.body ?? {};
  if (answer.status !== 200 || body.next_batch === undefined) {
    await keepAlive(user, answer);
    return false;
  }
  countPoll(user, answer, { waitMs, startedAtMs, hasNews: hasNews(body) });
  if (since === undefined) meter.record('initialSync', clock.now() - startedAtMs);
  await receiveAll(user, body, since);
  takeKeyNews(user, body, body.to_device?.events ?? []);
  user.since = body.next_batch;
  return true;
}

function pathFor(since: string | undefined, waitMs: number): string {
  const position = since === undefined ? '' : `&since=${encodeURIComponent(since)}`;
  return `/_matrix/client/v3/sync?filter=${filter}&timeout=${waitMs}${position}`;
}

function hasNews({ rooms, to_device, device_lists, account_data, presence }: SyncBody): boolean {
  const lists = [to_device?.events, device_lists?.changed, account_data?.events, presence?.events];
  return rooms !== undefined || lists.some((list) => (list?.length ?? 0) > 0);
}

async function receiveAll(user: UserState, body: SyncBody, since: string | undefined): Promise<void> {
  for (const [roomId, joined] of Object.entries(body.rooms?.join ?? {})) {
    const room = roomPlace(user, roomId);
    if (room >= 0 && joined?.timeline?.events !== undefined) await receiveRoom(user, room, joined.timeline, since);
  }
}

/** All over again shows what was shown before: by the last device, or before the cache was lost. */
async function receiveRoom(user: UserState, room: number, timeline: Timeline, since: string | undefined) {
  const isReplay = since === undefined;
  const known = user.newest[room];
  if (timeline.limited === true && (since !== undefined || known !== undefined)) {
    const end = since === undefined ? { known } : { to: since };
    receive(user, room, await fillGap(user, room, { from: timeline.prev_batch, ...end }), { isReplay });
  }
  receive(user, room, timeline.events ?? [], { isReplay });
}
