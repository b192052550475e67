import { readUnproven } from '../../lib/attacker/unproven-megolm.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';

/** A device that opens with any key it has what the library does not open, and compares nothing. */
export function readingUnproven(device: CryptoDevice): Partial<CryptoDevice> {
  const read =
    (ask: CryptoDevice['stateOf']): CryptoDevice['stateOf'] =>
    async (roomId, eventId) => {
      const state = await ask(roomId, eventId);
      const closed = state.kind === 'undecryptable' ? await device.closedContentOf(roomId, eventId) : undefined;
      const key = (await device.exportRoomKeys()).find(({ sessionId }) => sessionId === closed?.sessionId);
      if (closed === undefined || key === undefined) return state;
      return { kind: 'decrypted', text: readUnproven(closed.ciphertext, key.sessionKey) };
    };
  return { waitForMessage: read(device.waitForMessage), stateOf: read(device.stateOf) };
}

/** A device that says of what it could not check that it is readable, and warns of nothing. */
export function believingAnything({ waitForMessage, stateOf }: CryptoDevice): Partial<CryptoDevice> {
  const believed =
    (ask: CryptoDevice['stateOf']): CryptoDevice['stateOf'] =>
    async (roomId, eventId) => {
      const state = await ask(roomId, eventId);
      return state.kind === 'undecryptable' ? { kind: 'decrypted', text: '' } : state;
    };
  return {
    shieldOf: async () => ({ colour: 'none' }),
    waitForMessage: believed(waitForMessage),
    stateOf: believed(stateOf),
  };
}

/** A device that an attack confuses so much that it reads nothing any more, once it was asked for so many messages. */
export const deafAfter =
  (messages: number) =>
  ({ waitForMessage, stateOf }: CryptoDevice): Partial<CryptoDevice> => {
    let read = 0;
    const counted =
      (ask: CryptoDevice['stateOf']): CryptoDevice['stateOf'] =>
      async (roomId, eventId) => {
        read += 1;
        return read > messages ? { kind: 'undecryptable', reason: 'the device is confused' } : ask(roomId, eventId);
      };
    return { waitForMessage: counted(waitForMessage), stateOf: counted(stateOf) };
  };
