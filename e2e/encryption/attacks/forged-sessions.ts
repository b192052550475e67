import type { Finding } from '../../../core/model/finding.ts';
import { createMegolmSession, type MegolmSession } from '../../lib/attacker/megolm-session.ts';
import { sendEventAsItStands } from '../../lib/attacker/past-library.ts';
import { messageIn, roomKeyOf } from '../../lib/attacker/payloads.ts';
import type { CryptoDevice, MessageState } from '../../lib/crypto-device.ts';

export interface Route {
  readonly from: CryptoDevice;
  readonly to: CryptoDevice;
  readonly roomId: string;
}

/** Writes a message of the attacker's own making into the room; resolves with its id. */
export async function writeIn(session: MegolmSession, { from, roomId }: Route, text: string): Promise<string> {
  const { curve25519 } = await from.ownKeys();
  const content = { ...messageIn(session, roomId, text), sender_key: curve25519, device_id: from.deviceId };
  return sendEventAsItStands(from, roomId, { type: 'm.room.encrypted', content });
}

/** Tells the key of the session as its owner does. */
export const share = (session: MegolmSession, { from, to, roomId }: Route) =>
  from.sendClosed(to, 'm.room_key', roomKeyOf(session, roomId));

/**
 * The same steps, honestly: a session by hand, its key told as owners do, a message in it.
 * Whoever reads it has seen everything the sender sent to the device before.
 */
export async function readsHonest(route: Route, text: string): Promise<boolean> {
  const session = createMegolmSession();
  await share(session, route);
  const state = await route.to.waitForMessage(route.roomId, await writeIn(session, route, text));
  return state.kind === 'decrypted' && state.text === text;
}

export interface Refusal {
  readonly state: MessageState;
  readonly code: string;
  /** German: how the key came, e.g. „unverlangt weitergeleitet“. */
  readonly how: string;
}

/** A key that came in a way nobody may tell keys opens nothing. */
export const expectStillClosed = ({ state, code, how }: Refusal): readonly Finding[] =>
  state.kind === 'undecryptable'
    ? []
    : [
        {
          code,
          title: `Das Gerät übernimmt einen Raumschlüssel, der ${how} kam.`,
          expected: 'Es verwirft den Schlüssel, und die damit verschlüsselte Nachricht bleibt unlesbar.',
          observed: state.kind === 'decrypted' ? 'Es hat die Nachricht damit entschlüsselt.' : state.kind,
          where: how,
        },
      ];

/** A device that says it opened the n-th message for which it should have no key; for where the library cannot be brought to open it. */
export const openingClosed =
  (n: number) =>
  ({ stateOf }: CryptoDevice): Partial<CryptoDevice> => {
    let closed = 0;
    return {
      stateOf: async (roomId, eventId) => {
        const state = await stateOf(roomId, eventId);
        if (state.kind !== 'undecryptable') return state;
        closed += 1;
        return closed === n ? { kind: 'decrypted', text: '' } : state;
      },
    };
  };
