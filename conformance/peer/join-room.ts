import type { JsonObject } from '../../schemas/json.ts';
import type { Answer } from '../lib/answer.ts';
import { arrayAt, objectAt, valueAt } from '../lib/json.ts';
import { premise, premiseString } from '../lib/premise.ts';
import { type Pdu, pduFrom } from './pdu.ts';
import type { Peer } from './peer.ts';
import { createRoom, type Room } from './room.ts';

export const makeJoinPath = '/_matrix/federation/v1/make_join/{roomId}/{userId}';
export const sendJoinPath = '/_matrix/federation/v2/send_join/{roomId}/{eventId}';

/** Room versions a peer knows. */
export const peerVersions = ['11', '12'] as const;

export interface Joining {
  readonly roomId: string;
  readonly userId: string;
}

export function makeJoin(peer: Peer, params: Joining, versions: readonly string[] = peerVersions): Promise<Answer> {
  return peer.ask('GET', makeJoinPath, { params: { ...params }, query: { ver: versions } });
}

export function sendJoin(peer: Peer, roomId: string, { eventId, json }: Pdu): Promise<Answer> {
  return peer.ask('PUT', sendJoinPath, { params: { roomId, eventId }, body: json });
}

/** The event a homeserver proposed, as the peer would seal it; `fields` in place of what stands there. */
export function proposed({ identity }: Peer, template: Answer, fields: JsonObject = {}): Pdu {
  return identity.sealed({ ...objectAt(premise(template).json, ['event']), ...fields });
}

/** A person of the peer joins a room of the homeserver. Resolves with the room as the peer then knows and serves it. */
export async function joinRoom(peer: Peer, joining: Joining): Promise<Room> {
  const template = await makeJoin(peer, joining);
  const version = premiseString(template, ['room_version']);
  const join = proposed(peer, template);
  const { json } = premise(await sendJoin(peer, joining.roomId, join));
  const room = createRoom({
    roomId: joining.roomId,
    version,
    state: arrayAt(json, ['state']).map(pdu),
    known: arrayAt(json, ['auth_chain']).map(pdu),
  });
  // The homeserver may have added its own signature.
  room.add(valueAt(json, ['event']) === undefined ? join : pdu(objectAt(json, ['event'])));
  return peer.serve(room);
}

const pdu = (json: unknown): Pdu => pduFrom(objectAt(json, []));
