import { parsedJson } from '../../../core/parsed-json.ts';

/** A room event as it went over the wire: what kind, never what it says. */
export interface WireEvent {
  readonly device: string;
  readonly direction: 'request' | 'answer';
  readonly roomId: string;
  readonly type: string;
  /** Absent for events that are not encrypted. */
  readonly algorithm?: string;
  /** Of the Megolm session the event is encrypted in. */
  readonly sessionId?: string;
}

export interface WireBody {
  readonly device: string;
  readonly direction: 'request' | 'answer';
  readonly url: string;
  readonly body: string;
}

/** The room events in a request to /send or in an answer of /sync; state events are left out. */
export function wireEventsFrom(wire: WireBody): readonly WireEvent[] {
  const { pathname } = new URL(wire.url);
  if (wire.direction === 'request') return sentEvent(wire, pathname);
  return pathname.endsWith('/sync') ? syncedEvents(wire) : [];
}

function sentEvent({ device, direction, body }: WireBody, pathname: string): readonly WireEvent[] {
  const [, room, type] = /\/rooms\/([^/]+)\/send\/([^/]+)\//.exec(pathname) ?? [];
  if (room === undefined || type === undefined) return [];
  const event = { type: decodeURIComponent(type), content: parsedJson(body) };
  return [wireEvent({ device, direction, roomId: decodeURIComponent(room) }, event)];
}

function syncedEvents({ device, direction, body }: WireBody): readonly WireEvent[] {
  const rooms = member(member(parsedJson(body), 'rooms'), 'join');
  return Object.entries(isObject(rooms) ? rooms : {}).flatMap(([roomId, room]) => {
    const events = member(member(room, 'timeline'), 'events');
    const list: readonly unknown[] = Array.isArray(events) ? events : [];
    return list.filter(isMessageLike).map((event) => wireEvent({ device, direction, roomId }, event));
  });
}

function wireEvent(place: Pick<WireEvent, 'device' | 'direction' | 'roomId'>, event: unknown): WireEvent {
  const content = member(event, 'content');
  const [algorithm, sessionId] = [member(content, 'algorithm'), member(content, 'session_id')];
  return {
    ...place,
    type: String(member(event, 'type')),
    ...(typeof algorithm === 'string' && { algorithm }),
    ...(typeof sessionId === 'string' && { sessionId }),
  };
}

const isMessageLike = (event: unknown) => member(event, 'state_key') === undefined;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const member = (value: unknown, key: string) => (isObject(value) ? value[key] : undefined);
