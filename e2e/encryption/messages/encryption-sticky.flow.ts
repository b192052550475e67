import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState, otherAlgorithmTold } from '../defects.ts';
import { deliver, meetInEncryptedRoom } from '../meeting.ts';
import { wireFindings } from '../wire-findings.ts';

/** A room that was encrypted once stays so in effect: devices go on encrypting whatever the server later says of the room. */
export const encryptionSticky: EncryptionFlow = {
  meta: {
    id: 'encryption.messages.encryption-sticky',
    title: 'Wird die Verschlüsselung eines Raums zurückgenommen, verschlüsseln die Geräte trotzdem weiter.',
    requirements: ['VE-01'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mroomencryption',
    standing: 'normative',
    attacks: [13],
  },
  counterexamples: [
    {
      title: 'Die Geräte wissen nicht, dass der Raum je verschlüsselt war.',
      defect: hiddenEncryptionState,
      expectFinding: 'unencrypted-event',
    },
    {
      title: 'Nach der Rücknahme kommt bei bob nichts Lesbares mehr an.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Nach der Rücknahme gilt ein anderes Verfahren.',
      defect: otherAlgorithmTold,
      expectFinding: 'other-algorithm',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const isWithdrawn = await alice.withdrawEncryption(roomId);
    if (isWithdrawn) await Promise.all([alice, bob].map((device) => device.waitForWithdrawnEncryption(roomId)));
    const findings = [
      ...(await deliver({ from: alice, to: bob, roomId, text: `Prüfnachricht ${context.random.word(12)}` })),
      ...(await deliver({ from: bob, to: alice, roomId, text: `Antwort ${context.random.word(12)}` })),
    ];
    const events = context.wire.events.filter((event) => event.roomId === roomId);
    const sent = events.filter(({ direction }) => direction === 'request').length;
    if (sent < 2) return inconclusive(`Auf dem Draht waren nur ${sent} der 2 gesendeten Nachrichten zu sehen.`);
    const how = isWithdrawn ? 'Der Server nahm die Rücknahme an' : 'Der Server lehnte die Rücknahme ab';
    return outcomeOf([...findings, ...wireFindings(events)], `${how}; beide Geräte verschlüsseln weiter.`);
  },
};
