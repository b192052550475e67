import { call } from './homeserver.ts';
import { objectFrom, type RoomEvent, type Timeline } from './sync-body.ts';
import type { UserState } from './user-state.ts';

interface MessagesBody {
  readonly chunk?: readonly RoomEvent[];
  readonly end?: string;
}

const timeoutMs = 30_000;

/** More came than one answer holds: a client fetches what lies between. Oldest first, as a timeline is. */
export async function fillGap(user: UserState, room: number, timeline: Timeline): Promise<RoomEvent[]> {
  const events: RoomEvent[] = [];
  const roomPath = `/_matrix/client/v3/rooms/${encodeURIComponent(user.row.rooms[room]?.roomId ?? '')}`;
  const to = encodeURIComponent(user.since ?? '');
  for (let from = timeline.prev_batch; from !== undefined; ) {
    const path = `${roomPath}/messages?dir=b&limit=100&from=${encodeURIComponent(from)}&to=${to}`;
    const { body } = await call(user, { method: 'GET', path, name: 'messages', timeoutMs });
    const page = objectFrom<MessagesBody>(body);
    events.push(...(page?.chunk ?? []));
    from = page?.chunk?.length ? page.end : undefined;
  }
  user.shared.meter.count('gapsFilled');
  return events.reverse();
}
