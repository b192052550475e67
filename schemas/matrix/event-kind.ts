import type { JsonObject } from '../json.ts';

/**
 * How much of an event a server shows: all of it to clients, all of it to servers (pdu), only what a guest before the
 * door may know of the state (stripped), or something that never was an event of a room (plain: account data, to-device,
 * typing).
 */
export type EventKind = 'client' | 'pdu' | 'stripped' | 'plain';

export function kindOfEvent(event: JsonObject): EventKind {
  if ('auth_events' in event && 'prev_events' in event) return 'pdu';
  if ('event_id' in event) return 'client';
  return 'state_key' in event ? 'stripped' : 'plain';
}
