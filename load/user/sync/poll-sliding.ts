import { call } from '../http/homeserver.ts';
import { takeKeyNews } from '../keys/key-news.ts';
import type { UserState } from '../user-state.ts';
import { fillGap } from './fill-gap.ts';
import { countPoll, graceMs, keepAlive, pollTime } from './poll-result.ts';
import { receive, roomPlace } from './receive.ts';
import { encryptionRequest, roomListRequest } from './sliding-request.ts';
import { createSlidingState, hasAllRooms, type SlidingState, windowStep } from './sliding-state.ts';
import type { SlidingBody, SlidingRoom } from './sync-body.ts';

/** One request of the connection that follows the rooms; true when it was answered and the person is still there. */
export async function pollRoomList(user: UserState): Promise<boolean> {
  user.sliding ??= createSlidingState();
  const state = user.sliding;
  const body = await poll(user, {
    pos: state.roomListPos,
    waits: hasAllRooms(state) && user.onlineSinceMs !== null,
    request: roomListRequest(state),
    hasNews: hasRoomNews,
  });
  if (body === 'gone' || body === 'failed') return false;
  if (body === 'expired') {
    Object.assign(state, { roomListPos: undefined, rooms: undefined });
    return false;
  }
  await receiveAll(user, body);
  state.roomListPos = body.pos;
  enterWindow(state, body.lists?.['all_rooms']?.count ?? state.rooms ?? 0);
  return hasAllRooms(state);
}

/** One request of the connection that follows keys. */
export async function pollEncryption(user: UserState): Promise<boolean> {
  user.sliding ??= createSlidingState();
  const state = user.sliding;
  const body = await poll(user, {
    pos: state.encryptionPos,
    waits: state.encryptionPos !== undefined && user.onlineSinceMs !== null,
    request: encryptionRequest(state.toDeviceSince),
    hasNews: hasKeyNews,
  });
  if (body === 'gone' || body === 'failed') return false;
  if (body === 'expired') {
    state.encryptionPos = undefined;
    return false;
  }
  const { to_device, e2ee } = body.extensions ?? {};
  takeKeyNews(user, e2ee ?? {}, to_device?.events ?? []);
  state.encryptionPos = body.pos;
  state.toDeviceSince = to_device?.next_batch ?? state.toDeviceSince;
  return true;
}

interface Poll {
  readonly pos: string | undefined;
  /** False: what is there is answered at once. */
  readonly waits: boolean;
  readonly request: object;
  readonly hasNews: (body: SlidingBody) => boolean;
}

type PollEnd = SlidingBody | 'gone' | 'failed' | 'expired';

const syncPath = '/_matrix/client/unstable/org.matrix.simplified_msc3575/sync';

async function poll(user: UserState, { pos, waits, request, hasNews }: Poll): Promise<PollEnd> {
  const { clock, meter } = user.shared;
  const { epoch } = user;
  const startedAtMs = clock.now();
  const waitMs = waits ? pollTime(user) : 0;
  const answer = await call(user, {
    name: 'slidingSync',
    path: `${syncPath}?timeout=${waitMs}${pos === undefined ? '' : `&pos=${encodeURIComponent(pos)}`}`,
    body: JSON.stringify(request),
    timeoutMs: waitMs + graceMs,
    tolerated: 400,
  });
  if (user.epoch !== epoch) return 'gone';
  if (answer.status === 400 && pos !== undefined && errorCode(answer.body) === 'M_UNKNOWN_POS') {
    meter.count('restarts');
    return 'expired';
  }
  const body: SlidingBody = answer.body ?? {};
  if (answer.status !== 200 || body.pos === undefined) {
    if (answer.status === 400) meter.fail('slidingSync 400');
    await keepAlive(user, answer);
    return 'failed';
  }
  countPoll(user, answer, { waitMs, startedAtMs, hasNews: hasNews(body) });
  meter.count('slidingPolls');
  return body;
}

function hasRoomNews({ rooms, extensions: { account_data, receipts, typing } = {} }: SlidingBody): boolean {
  const all = [rooms, account_data?.global, account_data?.rooms, receipts?.rooms, typing?.rooms];
  return all.some((part) => Object.keys(part ?? {}).length > 0);
}

function hasKeyNews({ extensions: { to_device, e2ee } = {} }: SlidingBody): boolean {
  return [to_device?.events, e2ee?.device_lists?.changed].some((list) => (list?.length ?? 0) > 0);
}

const errorCode = (body: object | undefined): unknown => ((body ?? {}) as { readonly errcode?: unknown }).errcode;

async function receiveAll(user: UserState, { rooms = {} }: SlidingBody): Promise<void> {
  for (const [roomId, shown] of Object.entries(rooms)) {
    const room = roomPlace(user, roomId);
    if (room >= 0 && shown?.timeline !== undefined) await receiveRoom(user, room, shown);
  }
}

/** Only the newest events come by themselves; what lies between them and the known ones is fetched. */
async function receiveRoom(user: UserState, room: number, shown: SlidingRoom): Promise<void> {
  const { timeline = [], initial = false, unstable_expanded_timeline = false } = shown;
  const isReplay = initial || unstable_expanded_timeline;
  const known = user.newest[room];
  const reaches = timeline.some(({ event_id }) => event_id !== undefined && event_id === known);
  if (shown.limited === true && known !== undefined && !reaches) {
    receive(user, room, await fillGap(user, room, { from: shown.prev_batch, known }), { isReplay });
  }
  receive(user, room, timeline, { isReplay });
}

function enterWindow(state: SlidingState, rooms: number): void {
  state.rooms = rooms;
  if (state.window < rooms) state.window += windowStep;
}
