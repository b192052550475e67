import type { Exchange } from '../../core/http/recorder.ts';
import { at, membersOf, objectsIn } from '../lib/wire/json.ts';

/** What devices told each other and the homeserver about keys and messages, as it was recorded: redacted. */
export interface RelevantEvent {
  readonly at: string;
  readonly device: string;
  /** E.g. `PUT /sendToDevice/m.room.encrypted/m1`. */
  readonly request: string;
  readonly status: number | string;
  readonly sent?: unknown;
  readonly received?: unknown;
}

export interface Recorded {
  readonly device: string;
  readonly exchanges: readonly Exchange[];
}

/** Of all devices, in the order of time, without what only polls. */
export function relevantEvents(recorded: readonly Recorded[]): readonly RelevantEvent[] {
  const events = recorded.flatMap(({ device, exchanges }) =>
    exchanges.flatMap((exchange) => {
      const event = eventOf(device, exchange);
      return event === undefined ? [] : [event];
    }),
  );
  return events.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const aboutKeys =
  /^\/(?:keys\/|sendToDevice\/|room_keys\/|rooms\/[^/]+\/send\/|user\/[^/]+\/account_data\/m\.(?:secret_storage|cross_signing|megolm_backup))/;

function eventOf(device: string, { at: time, request, answer }: Exchange): RelevantEvent | undefined {
  const path = new URL(request.url).pathname.replace(/^\/_matrix\/client\/[^/]+/, '');
  const place = { at: time, device, request: `${request.method} ${path}` };
  const status = 'status' in answer ? answer.status : answer.error;
  const body = 'status' in answer ? answer.body : undefined;
  if (path === '/sync') {
    const received = newsIn(body);
    return received === undefined ? undefined : { ...place, status, received };
  }
  if (!aboutKeys.test(path)) return undefined;
  return { ...place, status, ...(request.body !== undefined && { sent: request.body }), received: body };
}

/** What a sync brings of keys and messages; undefined where it brings none. */
function newsIn(sync: unknown): unknown {
  const toDevice = objectsIn(at(sync, 'to_device', 'events'));
  const lists = membersOf(at(sync, 'device_lists')).filter(([, ids]) => Array.isArray(ids) && ids.length > 0);
  const messages = membersOf(at(sync, 'rooms', 'join')).flatMap(([roomId, room]) =>
    objectsIn(at(room, 'timeline', 'events'))
      .filter((event) => event['state_key'] === undefined)
      .map((event) => ({ ...event, room_id: roomId })),
  );
  if (toDevice.length + lists.length + messages.length === 0) return undefined;
  return { to_device: toDevice, device_lists: Object.fromEntries(lists), messages };
}
