import type { Answer } from '../lib/answer.ts';
import { type Joining, peerVersions } from './join-room.ts';
import type { Pdu } from './pdu.ts';
import type { Peer } from './peer.ts';

export const makeKnockPath = '/_matrix/federation/v1/make_knock/{roomId}/{userId}';
export const sendKnockPath = '/_matrix/federation/v1/send_knock/{roomId}/{eventId}';

export function makeKnock(peer: Peer, params: Joining, versions: readonly string[] = peerVersions): Promise<Answer> {
  return peer.ask('GET', makeKnockPath, { params: { ...params }, query: { ver: versions } });
}

export function sendKnock(peer: Peer, roomId: string, { eventId, json }: Pdu): Promise<Answer> {
  return peer.ask('PUT', sendKnockPath, { params: { roomId, eventId }, body: json });
}
