import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { NewRoom } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState, otherAlgorithmTold } from '../defects.ts';
import { deliver } from '../meeting.ts';
import { wireFindings } from '../wire-findings.ts';

/** How rooms come about, as the clients ask for them. */
const ways: Readonly<Record<string, Pick<NewRoom, 'isDirect' | 'isPublic'>>> = {
  'privater Raum': {},
  Direktnachricht: { isDirect: true },
  'öffentlicher Raum': { isPublic: true },
};

/** Nobody has to think of encryption: a room is encrypted though nobody asked for it. */
export const encryptedByDefault: EncryptionFlow = {
  meta: {
    id: 'encryption.messages.encrypted-by-default',
    title:
      'Auch ein Raum, der ohne Angabe zur Verschlüsselung angelegt wird, überträgt Nachrichten nur als Geheimtext.',
    requirements: ['VE-01'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mroomencryption',
    standing: 'wish',
  },
  counterexamples: [
    {
      title: 'Der Server verschlüsselt neue Räume nicht von sich aus.',
      defect: hiddenEncryptionState,
      expectFinding: 'unencrypted-event',
    },
    {
      title: 'Der Server verändert die Geheimtexte, die bob empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server gibt ein anderes Verfahren an, als benutzt wurde.',
      defect: otherAlgorithmTold,
      expectFinding: 'other-algorithm',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob')]);
    const findings: Finding[] = [];
    const rooms: string[] = [];
    for (const [way, kind] of Object.entries(ways)) {
      const name = `Prüfraum ${way} ${context.random.word(12)}`;
      const invite = [bob.userId];
      const roomId = await alice.createEncryptedRoom({ ...kind, name, invite, leavesEncryptionToServer: true });
      await bob.joinRoom(roomId);
      await alice.waitForMember(roomId, bob.userId);
      rooms.push(roomId);
      const received = await deliver({ from: alice, to: bob, roomId, text: `${way} ${context.random.word(12)}` });
      findings.push(...received.map((finding) => ({ ...finding, where: `${way}, ${finding.where}` })));
    }
    const events = context.wire.events.filter(({ roomId }) => rooms.includes(roomId));
    const sent = events.filter(({ direction }) => direction === 'request').length;
    if (sent !== rooms.length)
      return inconclusive(`Auf dem Draht waren ${sent} der ${rooms.length} Nachrichten zu sehen.`);
    return outcomeOf(
      [...findings, ...wireFindings(events)],
      `Drei Anlagewege (${Object.keys(ways).join(', ')}): alle Nachrichten nur als Geheimtext, alle gelesen.`,
    );
  },
};
