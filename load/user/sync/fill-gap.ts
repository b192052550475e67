import { call } from '../http/homeserver.ts';
import { roomPath, type UserState } from '../user-state.ts';
import type { RoomEvent } from './sync-body.ts';

export interface MessagesBody {
  readonly chunk?: readonly RoomEvent[];
  readonly end?: string;
}

export interface Gap {
  readonly from: string | undefined;
  /** Where the gap ends; a client without such a token goes back until it knows an event. */
  readonly to?: string;
  readonly known?: string | undefined;
}

/** More came than one answer holds: a client fetches what lies between. Oldest first, as a timeline is. */
export async function fillGap(user: UserState, room: number, gap: Gap): Promise<RoomEvent[]> {
  const events: RoomEvent[] = [];
  const to = gap.to === undefined ? '' : `&to=${encodeURIComponent(gap.to)}`;
  for (let from = gap.from; from !== undefined; ) {
    const path = `${roomPath(user, room)}/messages?dir=b&limit=100&from=${encodeURIComponent(from)}${to}`;
    const page: MessagesBody = (await call(user, { name: 'messages', path })).body ?? {};
    const chunk = page.chunk ?? [];
    const knownAt = chunk.findIndex(({ event_id }) => event_id !== undefined && event_id === gap.known);
    events.push(...(knownAt < 0 ? chunk : chunk.slice(0, knownAt)));
    from = chunk.length > 0 && knownAt < 0 ? page.end : undefined;
  }
  user.shared.meter.count('gapsFilled');
  return events.reverse();
}
