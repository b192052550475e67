import type { CryptoDevice } from '../../lib/crypto-device.ts';

/** A device that shows also what it could not check, and warns of nothing. */
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

/** Messages a flow has read when its attack is over, at the most. */
const readBefore = 4;

/** A device that an attack confuses so much that it reads nothing any more. */
export function deafAfterAttack({ waitForMessage, stateOf }: CryptoDevice): Partial<CryptoDevice> {
  let read = 0;
  const counted =
    (ask: CryptoDevice['stateOf']): CryptoDevice['stateOf'] =>
    async (roomId, eventId) => {
      read += 1;
      return read > readBefore ? { kind: 'undecryptable', reason: 'the device is confused' } : ask(roomId, eventId);
    };
  return { waitForMessage: counted(waitForMessage), stateOf: counted(stateOf) };
}
