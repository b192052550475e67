import type { JsonObject } from '../../schemas/json.ts';
import { numberAt, stringAt } from '../lib/json.ts';
import { authEventsFor, roomIsItsCreation } from './auth-events.ts';
import type { Pdu } from './pdu.ts';

/** A room as a homeserver of the bench knows it. */
export interface Room {
  readonly roomId: string;
  readonly version: string;
  /** Everything known of it, by id, oldest first. */
  readonly pdus: ReadonlyMap<string, Pdu>;
  /** The present state, by type and state key. */
  readonly state: RoomState;
  /** The newest event. */
  readonly head: Pdu | undefined;
  /** The newest event from now on, and part of the state if it is a state event. */
  add(pdu: Pdu): void;
  /** Known, but neither newest nor part of the state. */
  know(pdus: readonly Pdu[]): void;
  /** An event that would follow on what is known, not yet sealed. */
  draft(event: NewPdu, at: number): JsonObject;
}

export type RoomState = ReadonlyMap<string, Pdu>;

export interface NewPdu {
  readonly type: string;
  readonly stateKey?: string;
  readonly sender: string;
  readonly content: JsonObject;
  /** In place of what would stand there: `prev_events`, `auth_events`, `room_id` … */
  readonly fields?: JsonObject;
}

export const stateKeyOf = (type: string, stateKey = ''): string => `${type}|${stateKey}`;

export interface RoomStart {
  readonly roomId: string;
  readonly version: string;
  readonly state?: readonly Pdu[];
  readonly known?: readonly Pdu[];
}

export function createRoom({ roomId, version, state = [], known = [] }: RoomStart): Room {
  const pdus = new Map<string, Pdu>();
  const present = new Map<string, Pdu>();
  let head: Pdu | undefined;
  const know = (more: readonly Pdu[]) => {
    for (const pdu of more) pdus.set(pdu.eventId, pdu);
  };
  const settle = (pdu: Pdu) => {
    const stateKey = stringAt(pdu.json, ['state_key']);
    if (stateKey !== undefined) present.set(stateKeyOf(String(pdu.json['type']), stateKey), pdu);
  };
  know([...known, ...state]);
  for (const pdu of state) settle(pdu);
  return {
    roomId,
    version,
    pdus,
    state: present,
    get head() {
      return head;
    },
    add: (pdu) => {
      know([pdu]);
      settle(pdu);
      head = pdu;
    },
    know,
    draft: ({ type, stateKey, sender, content, fields }, at) => {
      const event = { type, sender, content, ...(stateKey !== undefined && { state_key: stateKey }) };
      const isFirst = type === 'm.room.create';
      return {
        ...event,
        ...(!(isFirst && roomIsItsCreation(version)) && { room_id: roomId }),
        origin_server_ts: at,
        depth: (numberAt(head?.json, ['depth']) ?? 0) + 1,
        prev_events: head === undefined ? [] : [head.eventId],
        auth_events: authEventsFor(event, present, version).map(({ eventId }) => eventId),
        ...fields,
      };
    },
  };
}
