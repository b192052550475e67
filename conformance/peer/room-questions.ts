import type { Answer } from '../lib/answer.ts';
import type { Peer } from './peer.ts';
import { backfillPath, eventAuthPath, missingEventsPath, stateAtPath, stateIdsPath } from './room-history.ts';

/** What a homeserver can be asked about a room, by what people call it. */
export type RoomQuestions = Readonly<Record<string, () => Promise<Answer>>>;

/** Everything about what happened in a room, asked at one of its events. */
export function historyQuestions(peer: Peer, roomId: string, eventId: string): RoomQuestions {
  const params = { roomId };
  const at = { params, query: { event_id: eventId } };
  const body = { earliest_events: [], latest_events: [eventId], limit: 5 };
  return {
    Zustand: () => peer.ask('GET', stateAtPath, at),
    'Kennungen des Zustands': () => peer.ask('GET', stateIdsPath, at),
    Früheres: () => peer.ask('GET', backfillPath, { params, query: { v: eventId, limit: '5' } }),
    Fehlendes: () => peer.ask('POST', missingEventsPath, { params, body }),
    Grundlagen: () => peer.ask('GET', eventAuthPath, { params: { roomId, eventId } }),
  };
}
