import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice, MessageState } from '../../lib/crypto-device.ts';

/** A device that does not show the n-th message it cannot read. */
export const hidingClosed =
  (n: number) =>
  ({ stateOf }: CryptoDevice): Partial<CryptoDevice> => {
    let closed = 0;
    return {
      stateOf: async (roomId, eventId) => {
        const state = await stateOf(roomId, eventId);
        if (state.kind !== 'undecryptable') return state;
        closed += 1;
        return closed === n ? { kind: 'absent' } : state;
      },
    };
  };

/** A message that cannot be read must at least be seen to be there. `what` says in German which one. */
export const expectShown = (state: MessageState, code: string, what: string): readonly Finding[] =>
  state.kind === 'undecryptable' || state.kind === 'decrypted'
    ? []
    : [
        {
          code,
          title: `Das Gerät verschweigt ${what}.`,
          expected: 'Es zeigt die Nachricht, oder dass es sie nicht lesen kann.',
          observed: state.kind === 'absent' ? 'Die Nachricht war auf dem Gerät nicht zu sehen.' : state.kind,
          where: what,
        },
      ];
