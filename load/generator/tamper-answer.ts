import type { Tampering, TimelineEvent } from './tamper.ts';
import type { Operation } from './tampered-operation.ts';

/** Of both kinds: sliding sync has `pos`, and its rooms stand directly under `rooms`. */
interface SyncAnswer {
  readonly pos?: unknown;
  readonly rooms?: Readonly<Record<string, unknown>>;
  readonly to_device?: HasEvents;
  readonly extensions?: { readonly to_device?: HasEvents };
}

interface HasEvents {
  events?: readonly object[];
}

type V2Rooms = Readonly<Record<string, { readonly timeline?: { events?: readonly TimelineEvent[] } }>>;
type SlidingRooms = Readonly<Record<string, { timeline?: readonly TimelineEvent[] }>>;

export interface TamperedAnswer {
  readonly operation: Operation;
  /** Names the device: its authorization. */
  readonly device: string;
  readonly text: string;
}

/** A successful answer as the defective homeserver gives it. */
export function tamperAnswer(tampering: Tampering, { operation, device, text }: TamperedAnswer): string {
  if (operation === 'sync') return alterSync(tampering, device, text);
  if (tampering.answer === undefined) return text;
  const altered = tampering.answer(operation, JSON.parse(text));
  return altered === undefined ? text : JSON.stringify(altered);
}

function alterSync(tampering: Tampering, device: string, text: string): string {
  const body: SyncAnswer = JSON.parse(text);
  if (body.pos === undefined) alterV2Rooms(tampering, device, (body.rooms?.['join'] ?? {}) as V2Rooms);
  else alterSlidingRooms(tampering, device, (body.rooms ?? {}) as SlidingRooms);
  alterKeys(tampering, body.to_device);
  alterKeys(tampering, body.extensions?.to_device);
  return JSON.stringify(tampering.answer?.('sync', { ...body }) ?? body);
}

function alterV2Rooms(tampering: Tampering, device: string, rooms: V2Rooms): void {
  for (const [roomId, { timeline }] of Object.entries(rooms)) {
    if (timeline?.events) timeline.events = tampering.events(device, roomId, timeline.events);
  }
}

function alterSlidingRooms(tampering: Tampering, device: string, rooms: SlidingRooms): void {
  for (const [roomId, room] of Object.entries(rooms)) {
    if (room.timeline) room.timeline = tampering.events(device, roomId, room.timeline);
  }
}

function alterKeys(tampering: Tampering, messages: HasEvents | undefined): void {
  if (messages?.events) messages.events = tampering.keys(messages.events);
}
