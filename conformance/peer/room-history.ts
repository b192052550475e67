import type { Answer } from '../lib/answer.ts';
import { arrayAt, objectAt } from '../lib/json.ts';
import { premise } from '../lib/premise.ts';
import { authChainOf } from './auth-events.ts';
import { type Pdu, pduFrom } from './pdu.ts';
import { type Peer, remoteEventPath } from './peer.ts';
import type { Room } from './room.ts';

export const stateAtPath = '/_matrix/federation/v1/state/{roomId}';
export const stateIdsPath = '/_matrix/federation/v1/state_ids/{roomId}';
export const eventAuthPath = '/_matrix/federation/v1/event_auth/{roomId}/{eventId}';
export const backfillPath = '/_matrix/federation/v1/backfill/{roomId}';
export const missingEventsPath = '/_matrix/federation/v1/get_missing_events/{roomId}';

export const stateIdsAt = (peer: Peer, roomId: string, eventId: string): Promise<Answer> =>
  peer.ask('GET', stateIdsPath, { params: { roomId }, query: { event_id: eventId } });

/** An event of the homeserver as it shows it to the peer. */
export async function fetchPdu(peer: Peer, eventId: string): Promise<Pdu> {
  const [pdu] = pdusOf(premise(await peer.ask('GET', remoteEventPath, { params: { eventId } })), 'pdus');
  return pdu ?? pduFrom({});
}

export const pdusOf = ({ json }: Pick<Answer, 'json'>, name: string): readonly Pdu[] =>
  arrayAt(json, [name]).map((pdu) => pduFrom(objectAt(pdu, [])));

/** Their ids. */
export const idsIn = (answer: Pick<Answer, 'json'>, name: string): readonly string[] =>
  pdusOf(answer, name).map(({ eventId }) => eventId);

export interface ChainDifference {
  readonly missing: readonly string[];
  readonly tooMuch: readonly string[];
}

/**
 * In what the told chain differs from that of the events, as far as the peer knows them. Whether they are told as well is left
 * open, and so is the first event where the room's id names it.
 */
export function chainDifference(room: Room, of: readonly Pdu[], told: readonly string[]): ChainDifference {
  const wanted = authChainOf(room.pdus, of);
  const free = new Set([...of.map(({ eventId }) => eventId), `$${room.roomId.slice(1)}`]);
  return {
    missing: [...wanted].filter((id) => !told.includes(id)),
    tooMuch: told.filter((id, index) => told.indexOf(id) !== index || !(wanted.has(id) || free.has(id))),
  };
}

export const noDifference: ChainDifference = { missing: [], tooMuch: [] };

/** Until disposed the peer knows nothing of what went before any event. */
export const tellingNoHistory = ({ server }: Peer): Disposable =>
  server.answering(({ path }) => /\/v1\/(get_missing_events|state|state_ids|event|backfill)\//.test(path), {
    status: 404,
    json: { errcode: 'M_NOT_FOUND', error: 'Not known here' },
  });

/** Until disposed the peer tells these events as what went before in the room. */
export const tellingHistory = ({ server, serverName }: Peer, room: Room, pdus: readonly Pdu[]): Disposable =>
  server.answering(({ path }) => path === `/_matrix/federation/v1/backfill/${room.roomId}`, {
    status: 200,
    json: { origin: serverName, origin_server_ts: 1, pdus: pdus.map(({ json }) => json) },
  });
