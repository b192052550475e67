import { backOffMs } from './back-off.ts';
import type { Inbox } from './inbox.ts';
import { objectFrom, type RoomEvent, type SyncBody, type Timeline } from './sync-body.ts';
import type { UserContext } from './user-context.ts';

/** What matrix-js-sdk asks for; longer by what it waits for the answer itself. */
const pollMs = 30_000;
const graceMs = 30_000;
const shortPollMs = 1_000;
/** After measuring, polls end spread over this time, so that they do not all come back at once. */
const endSpreadMs = 3_000;
const filter = encodeURIComponent(
  JSON.stringify({ room: { timeline: { limit: 20 }, state: { lazy_load_members: true } } }),
);

export interface SyncLoop {
  /** Resolves when the first synchronisation was answered or the run is over. */
  start(): Promise<void>;
  /** No more is sent: stops as soon as everything was seen or the time is over. */
  finish(): Promise<void>;
  readonly onlineAtMs: number | null;
}

export function createSyncLoop(user: UserContext, inbox: Inbox): SyncLoop {
  const { clock, meter, plan } = user;
  const measuredUntilMs = plan.durationMs + 1_000 + user.random.below(endSpreadMs);
  const overMs = plan.durationMs + plan.drainMs;
  let onlineAtMs: number | null = null;
  let since: string | undefined;
  let finishing = false;
  let running = Promise.resolve();

  const pollOnce = async (attempt: number): Promise<number> => {
    const waitMs = since === undefined ? 0 : pollTime(clock.now(), measuredUntilMs);
    const startedAt = clock.now();
    const body = await sync(user, since, waitMs);
    if (body?.next_batch === undefined) {
      await clock.pause(Math.min(backOffMs(user.random, attempt), overMs - clock.now()));
      return attempt + 1;
    }
    if (onlineAtMs === null) meter.record('initialSync', clock.now() - startedAt);
    await receive(user, inbox, body, since);
    onlineAtMs ??= clock.now();
    since = body.next_batch;
    return 0;
  };
  const isOver = () => clock.now() >= overMs || (finishing && inbox.isComplete());
  const keepPolling = async () => {
    meter.changeOnline(1);
    for (let attempt = 0; !isOver(); ) attempt = await pollOnce(attempt);
    meter.changeOnline(-1);
  };
  return {
    start: async () => {
      for (let attempt = 0; onlineAtMs === null && !isOver(); ) attempt = await pollOnce(attempt);
      if (onlineAtMs !== null) running = keepPolling();
    },
    finish: () => {
      finishing = true;
      return running;
    },
    get onlineAtMs() {
      return onlineAtMs;
    },
  };
}

function pollTime(nowMs: number, measuredUntilMs: number): number {
  return Math.max(shortPollMs, Math.min(pollMs, Math.round(measuredUntilMs - nowMs)));
}

async function sync({ homeserver, meter }: UserContext, since: string | undefined, waitMs: number) {
  const position = since === undefined ? '' : `&since=${encodeURIComponent(since)}`;
  const path = `/_matrix/client/v3/sync?filter=${filter}&timeout=${waitMs}${position}`;
  const { status, body } = await homeserver({ method: 'GET', path, name: 'sync', timeoutMs: waitMs + graceMs });
  if (status !== 200) return undefined;
  meter.count('polls');
  meter.count('syncBytes', body?.length ?? 0);
  const parsed = objectFrom<SyncBody>(body);
  if (parsed?.next_batch === undefined) meter.fail('sync unreadable');
  return parsed;
}

async function receive(user: UserContext, inbox: Inbox, body: SyncBody, since: string | undefined): Promise<void> {
  for (const [roomId, { timeline }] of Object.entries(body.rooms?.join ?? {})) {
    if (timeline?.events === undefined || !inbox.rooms.has(roomId)) continue;
    const gap = timeline.limited === true && since !== undefined ? await fillGap(user, roomId, timeline, since) : [];
    inbox.receive(roomId, [...gap, ...timeline.events], since !== undefined);
  }
}

interface MessagesBody {
  readonly chunk?: readonly RoomEvent[];
  readonly end?: string;
}

/** More came than one answer holds: a client fetches what lies between, oldest last. */
async function fillGap({ homeserver, meter }: UserContext, roomId: string, timeline: Timeline, since: string) {
  const events: RoomEvent[] = [];
  for (let from = timeline.prev_batch; from !== undefined; ) {
    const query = `dir=b&limit=100&from=${encodeURIComponent(from)}&to=${encodeURIComponent(since)}`;
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/messages?${query}`;
    const { body } = await homeserver({ method: 'GET', path, name: 'messages', timeoutMs: graceMs });
    const page = objectFrom<MessagesBody>(body);
    events.push(...(page?.chunk ?? []));
    from = page?.chunk?.length ? page.end : undefined;
  }
  meter.count('gapsFilled');
  return events.reverse();
}
