import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState, otherAlgorithmTold } from '../defects.ts';
import { deliver, meetInEncryptedRoom } from '../meeting.ts';
import { megolm, wireFindings } from '../wire-findings.ts';

/** Two devices with real cryptography read each other, and every message on the wire is a Megolm ciphertext. */
export const messageExchange: EncryptionFlow = {
  meta: {
    id: 'encryption.messages.message-exchange',
    title: 'Zwei Geräte tauschen Nachrichten in beide Richtungen aus; übertragen wird nur Megolm-Geheimtext.',
    requirements: ['VE-01'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-basic'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'unencrypted-event',
    },
    {
      title: 'Der Server verändert den Geheimtext, den bob empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server gibt ein anderes Verschlüsselungsverfahren aus.',
      defect: otherAlgorithmTold,
      expectFinding: 'other-algorithm',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const findings = [
      ...(await deliver({ from: alice, to: bob, roomId, text: `Prüfnachricht ${context.random.word(12)}` })),
      ...(await deliver({ from: bob, to: alice, roomId, text: `Antwort ${context.random.word(12)}` })),
    ];
    const events = context.wire.events.filter((event) => event.roomId === roomId);
    const sent = events.filter(({ direction }) => direction === 'request').length;
    if (sent < 2) return inconclusive(`Auf dem Draht waren nur ${sent} der 2 gesendeten Nachrichten zu sehen.`);
    const seen = `${sent} gesendete und ${events.length - sent} empfangene Ereignisse, alle m.room.encrypted (${megolm})`;
    return outcomeOf([...findings, ...wireFindings(events)], `Beide Richtungen entschlüsselt; ${seen}.`);
  },
};
