import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { describeReception, expectRefused, isReadWithoutWarning, receive } from './warnings.ts';

/** A single changed character must not go unnoticed. */
export const contentTamper: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.content-tamper',
    title: 'Verändert der Server einen Geheimtext, bleibt die Nachricht unlesbar.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-content-tamper'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice zeigt auch, was es nicht prüfen konnte.',
      defect: {
        person: 'alice',
        weakened: ({ waitForMessage }) => ({
          shieldOf: async () => ({ colour: 'none' }),
          waitForMessage: async (roomId, eventId) => {
            const state = await waitForMessage(roomId, eventId);
            return state.kind === 'undecryptable' ? { kind: 'decrypted', text: '' } : state;
          },
        }),
      },
      expectFinding: 'accepted',
    },
  ],
  run: async (context) => {
    const attack = createSwitchedAttack(brokenCiphertextFor('alice'));
    const { alice, bob, roomId } = await meetInEncryptedRoom(
      context,
      `Prüfraum ${context.random.word(12)}`,
      {},
      attack.alteration,
    );
    const honest = await receive(alice, roomId, await bob.sendText(roomId, `Ehrlich ${context.random.word(12)}`));
    if (!isReadWithoutWarning(honest))
      return inconclusive(`void: Schon die ehrliche Nachricht: ${describeReception(honest)}.`);
    attack.start();
    const changed = await receive(alice, roomId, await bob.sendText(roomId, `Verändert ${context.random.word(12)}`));
    if (changed.state.kind === 'absent') return inconclusive('Die veränderte Nachricht kam nicht an.');
    return outcomeOf(
      expectRefused(changed, 'm.room.encrypted, ciphertext'),
      `Veränderter Geheimtext: ${describeReception(changed)}.`,
    );
  },
};
