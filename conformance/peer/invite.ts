import type { JsonObject } from '../../schemas/json.ts';
import type { Answer } from '../lib/answer.ts';
import type { Pdu } from './pdu.ts';
import type { Peer } from './peer.ts';
import { type Room, stateKeyOf } from './room.ts';

export const invitePath = '/_matrix/federation/v2/invite/{roomId}/{eventId}';
export const oldInvitePath = '/_matrix/federation/v1/invite/{roomId}/{eventId}';

export interface Inviting {
  readonly inviter: string;
  readonly guest: string;
}

export const invitation = (peer: Peer, room: Room, { inviter, guest }: Inviting): Pdu =>
  peer.sealed(room, {
    type: 'm.room.member',
    stateKey: guest,
    sender: inviter,
    content: { membership: 'invite' },
    fields: { origin: peer.serverName },
  });

/** Brings an invitation to the homeserver of the guest: https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room */
export function sendInvite(peer: Peer, room: Room, { eventId, json }: Pdu): Promise<Answer> {
  const params = { roomId: room.roomId, eventId };
  const body = { room_version: room.version, event: json, invite_room_state: shownBefore(room) };
  return peer.ask('PUT', invitePath, { params, body });
}

/** As it is done for rooms of the first two versions, whose events carry their ids. */
export function sendOldInvite(peer: Peer, room: Room, { inviter, guest }: Inviting, at: number): Promise<Answer> {
  const eventId = `$invitation:${peer.serverName}`;
  const event = {
    event_id: eventId,
    type: 'm.room.member',
    room_id: room.roomId,
    sender: inviter,
    state_key: guest,
    content: { membership: 'invite' },
    origin_server_ts: at,
    depth: 1,
    prev_events: [],
    auth_events: [],
    origin: peer.serverName,
  };
  const { json } = peer.identity.sealed(event, ['origin']);
  return peer.ask('PUT', oldInvitePath, { params: { roomId: room.roomId, eventId }, body: json });
}

/** What a guest is told of the room beforehand. */
function shownBefore({ state }: Room): readonly JsonObject[] {
  const shown = ['m.room.create', 'm.room.join_rules'].map((type) => state.get(stateKeyOf(type))?.json);
  return shown.filter((event) => event !== undefined);
}
