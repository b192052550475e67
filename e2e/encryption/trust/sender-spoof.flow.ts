import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson, type JsonObject } from '../../lib/alteration.ts';
import type { EncryptionFlow } from '../context.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { describeReception, expectRefused, isReadWithoutWarning, receive } from './warnings.ts';

const spoofed = (object: JsonObject, { from, as }: { readonly from: string; readonly as: string }): JsonObject =>
  object['type'] === 'm.room.encrypted' && object['sender'] === from ? { ...object, sender: as } : object;

/** Who wrote a message is told by its key, not by the homeserver. */
export const senderSpoof: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.sender-spoof',
    title: 'Gibt der Server einer Nachricht eine andere Absenderin, bleibt sie unlesbar oder trägt eine rote Warnung.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-sender-spoof'],
    attacks: [12],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice warnt nicht.',
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
    const attack = createSwitchedAttack(({ device, answer }) =>
      device === 'alice' ? alterJson(answer, (object) => spoofed(object, { from: bobId, as: carolId })) : answer,
    );
    const { alice, bob, carol, roomId } = await threeInEncryptedRoom(context, {}, attack.alteration);
    const [bobId, carolId] = [bob.userId, carol.userId];
    const honest = await receive(alice, roomId, await bob.sendText(roomId, `Ehrlich ${context.random.word(12)}`));
    if (!isReadWithoutWarning(honest))
      return inconclusive(`void: Schon die ehrliche Nachricht: ${describeReception(honest)}.`);
    attack.start();
    const forged = await receive(alice, roomId, await bob.sendText(roomId, `Gefälscht ${context.random.word(12)}`));
    if (forged.state.kind === 'absent') return inconclusive('Die gefälschte Nachricht kam nicht an.');
    return outcomeOf(
      expectRefused(forged, 'm.room.encrypted, sender'),
      `Gefälschte Absenderin: ${describeReception(forged)}.`,
    );
  },
};
