import type { Answer } from '../lib/answer.ts';
import { premise } from '../lib/premise.ts';
import { type Joining, proposed } from './join-room.ts';
import type { Pdu } from './pdu.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

export const makeLeavePath = '/_matrix/federation/v1/make_leave/{roomId}/{userId}';
export const sendLeavePath = '/_matrix/federation/v2/send_leave/{roomId}/{eventId}';

export const makeLeave = (peer: Peer, params: Joining): Promise<Answer> =>
  peer.ask('GET', makeLeavePath, { params: { ...params } });

export function sendLeave(peer: Peer, roomId: string, { eventId, json }: Pdu): Promise<Answer> {
  return peer.ask('PUT', sendLeavePath, { params: { roomId, eventId }, body: json });
}

/** A person of the peer leaves a room of the homeserver. */
export async function leaveRoom(peer: Peer, room: Room, userId: string): Promise<void> {
  const { roomId } = room;
  const leave = proposed(peer, await makeLeave(peer, { roomId, userId }));
  premise(await sendLeave(peer, roomId, leave));
  room.add(leave);
}
