import { Buffer } from 'node:buffer';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, sendAltered } from '../../lib/alteration.ts';
import type { CryptoDevice, FetchedFile } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { wordsFrom } from '../meeting.ts';

/** The homeserver hands files out with one bit changed. */
const alteredFile: Alteration = ({ request, answer }) => {
  if (!request.url.includes('/media/download/')) return answer;
  const bytes = Uint8Array.from(answer.bytes);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return { ...answer, bytes };
};

/** A device that opens files without comparing checksums. */
const openingAnything = ({ fetchFileUnchecked }: CryptoDevice): Partial<CryptoDevice> => ({
  fetchFile: fetchFileUnchecked,
});

/** Name and content travel closed; what arrives otherwise than it was sent is not opened. */
export const attachment: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.attachment',
    title: 'Eine Datei kommt verschlüsselt an und wird geöffnet; eine unterwegs veränderte wird abgewiesen.',
    requirements: ['VE-03', 'VE-04'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#sending-encrypted-attachments',
    standing: 'normative',
    rows: ['e2e-attachment'],
    attacks: [7],
  },
  counterexamples: [
    {
      title: 'Der Server liefert jede Datei verändert aus.',
      defect: alteredFile,
      expectFinding: 'file-lost',
    },
    {
      title: 'Das Gerät von bob vergleicht keine Prüfsummen.',
      defect: { person: 'bob', skips: 'fileProof', weakened: openingAnything },
      expectFinding: 'altered-file-opened',
    },
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'content-on-wire',
    },
  ],
  run: async (context) => {
    const { canary, control } = wordsFrom(context);
    const secret = context.wire.watch(canary);
    const open = context.wire.watch(control);
    let attack: Alteration = ({ answer }) => answer;
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.device('bob', {
        between: (send) => (request) => sendAltered('bob', send, (seen) => attack(seen))(request),
      }),
    ]);
    const roomId = await alice.createEncryptedRoom({ name: `Prüfraum ${control}`, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const content = new TextEncoder().encode(`Künstlicher Inhalt mit ${canary}`);
    const eventId = await alice.sendFile(roomId, `${canary}.txt`, content);
    const arrived = await bob.fetchFile(roomId, eventId);
    attack = alteredFile;
    const altered = await bob.fetchFile(roomId, eventId);
    if (open.sightings.length === 0) return inconclusive('void: Die Suche fand auch das Kontrollwort nicht.');
    const places = [...new Set(secret.sightings.map(({ device, operation }) => `${device}, ${operation}`))];
    return outcomeOf(
      [...expectSame(arrived, content), ...expectRefused(altered), ...places.map(openOnWire)],
      `Datei geöffnet, veränderte Datei abgewiesen; Name und Inhalt standen in keinem von ${secret.bodies} Inhalten.`,
    );
  },
};

const expectSame = (file: FetchedFile, content: Uint8Array): readonly Finding[] =>
  file.kind === 'opened' && Buffer.from(file.bytes).equals(content)
    ? []
    : [
        {
          code: 'file-lost',
          title: 'Eine verschlüsselte Datei kommt nicht so an, wie sie gesendet wurde.',
          expected: 'Das empfangende Gerät öffnet sie zum selben Inhalt.',
          observed:
            file.kind === 'opened' ? 'Sie hat einen anderen Inhalt.' : `Sie war nicht zu öffnen (${file.kind}).`,
          where: 'alice → bob',
        },
      ];

const expectRefused = (file: FetchedFile): readonly Finding[] =>
  file.kind === 'refused'
    ? []
    : [
        {
          code: 'altered-file-opened',
          title: 'Eine unterwegs veränderte Datei wird nicht abgewiesen.',
          expected: 'Das Gerät öffnet sie nicht, weil die Prüfsumme nicht stimmt.',
          observed: file.kind === 'opened' ? 'Es hat sie geöffnet.' : 'Es hat sie nicht gefunden.',
          where: 'bob',
        },
      ];

const openOnWire = (where: string): Finding => ({
  code: 'content-on-wire',
  title: 'Name oder Inhalt einer Datei ging offen über den Draht.',
  expected: 'Beides wird nur verschlüsselt übertragen.',
  observed: 'Das Kanarienwort stand offen im Inhalt.',
  where,
});
