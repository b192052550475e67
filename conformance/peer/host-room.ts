import type { JsonObject } from '../../schemas/json.ts';
import { objectAt } from '../lib/json.ts';
import { roomIsItsCreation } from './auth-events.ts';
import { type Pdu, pduFrom } from './pdu.ts';
import type { Peer } from './peer.ts';
import { createRoom, type NewPdu, type Room } from './room.ts';

export interface Hosting {
  readonly creator: string;
  readonly version: '11' | '12';
  /** Default `public`. */
  readonly joinRule?: string;
}

/** A room made on the peer: its creator is the only member. */
export function hostRoom(peer: Peer, { creator, version, joinRule = 'public' }: Hosting, name: string): Room {
  const create: NewPdu = {
    type: 'm.room.create',
    stateKey: '',
    sender: creator,
    // The id of such a room follows from this event alone; two made at the same moment must not be the same.
    content: { room_version: version, 'de.pruefstand.name': name },
  };
  const nobodysRoom = createRoom({ roomId: `!${name}:${peer.serverName}`, version });
  const created = peer.sealed(nobodysRoom, create);
  const room = createRoom({
    roomId: roomIsItsCreation(version) ? `!${created.eventId.slice(1)}` : nobodysRoom.roomId,
    version,
  });
  room.add(created);
  const state = (type: string, stateKey: string, content: JsonObject) =>
    room.add(peer.sealed(room, { type, stateKey, sender: creator, content }));
  state('m.room.member', creator, { membership: 'join' });
  state('m.room.power_levels', '', { users: roomIsItsCreation(version) ? {} : { [creator]: 100 } });
  state('m.room.join_rules', '', { join_rule: joinRule });
  state('m.room.history_visibility', '', { history_visibility: 'shared' });
  return peer.serve(room);
}

/** Waits until the homeserver brings a person's join, and takes it in; undefined when none came in time. */
export async function joinOf(peer: Peer, room: Room, userId: string): Promise<Pdu | undefined> {
  const brought = await peer.server.waitFor(
    ({ method, path, json }) =>
      method === 'PUT' && path.includes(`/send_join/${room.roomId}/`) && objectAt(json, [])['state_key'] === userId,
  );
  if (brought === undefined) return undefined;
  const join = pduFrom(objectAt(brought.json, []));
  room.add(join);
  return join;
}
