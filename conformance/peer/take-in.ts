import { PremiseError } from '../lib/premise.ts';
import type { Pdu } from './pdu.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/** Waits for a state event of the homeserver and takes it into what the peer knows of the room. */
export async function takeIn(peer: Peer, room: Room, type: string, fits: (pdu: Pdu) => boolean): Promise<Pdu> {
  const pdu = await peer.waitForPdu((one) => one.json['type'] === type && fits(one));
  if (pdu === undefined)
    throw new PremiseError(`Vorbedingung nicht erreicht: ${type} kam beim anderen Homeserver nicht an.`);
  room.add(pdu);
  return pdu;
}
