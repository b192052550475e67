import { arrayAt } from '../lib/json.ts';
import { probeFrom } from './bring.ts';
import type { Pdu } from './pdu.ts';
import type { Peer } from './peer.ts';
import { type Room, stateKeyOf } from './room.ts';

/** An event of which others learn only because one that they are sent rests on it: they never know the state before it. */
export interface Outlier {
  readonly outlier: Pdu;
  readonly restingOnIt: Pdu;
}

/** A person joined says so once more, with a name, and speaks as who has this name. */
export function outlierOf(peer: Peer, room: Room, userId: string): Outlier {
  const outlier = peer.sealed(room, {
    type: 'm.room.member',
    stateKey: userId,
    sender: userId,
    content: { membership: 'join', displayname: 'anders' },
  });
  return { outlier, restingOnIt: restingInstead(peer, room, userId, outlier) };
}

/** A probe that names an event among those it rests on in place of the one of its kind the peer knows. */
export function restingInstead(peer: Peer, room: Room, sender: string, instead: Pdu): Pdu {
  const { type, state_key: stateKey } = instead.json;
  const usual = room.state.get(stateKeyOf(String(type), String(stateKey)))?.eventId;
  const named = arrayAt(probeFrom(peer, room, sender, '').json, ['auth_events']);
  const auth = [...named.filter((id) => id !== usual), instead.eventId];
  return probeFrom(peer, room, sender, 'gestützt', { auth_events: auth });
}

/** Until disposed the peer tells these events, too, when it is asked on what an event of the room rests. */
export const tellingAuth = ({ server }: Peer, room: Room, pdus: readonly Pdu[]): Disposable =>
  server.answering(({ path }) => path.startsWith(`/_matrix/federation/v1/event_auth/${room.roomId}/`), {
    status: 200,
    json: { auth_chain: [...room.state.values(), ...pdus].map(({ json }) => json) },
  });
