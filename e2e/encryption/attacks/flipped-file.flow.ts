import { Buffer } from 'node:buffer';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, attackedBy } from '../../lib/alteration.ts';
import type { FetchedFile } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { openingAltered } from '../defects/weak-takers.ts';

/** What the homeserver hands out in place of a file. */
type Change = (bytes: Uint8Array) => Uint8Array;

const flippedAt =
  (place: number): Change =>
  (bytes) =>
    bytes.map((byte, index) => (index === place || index === bytes.length + place ? byte ^ 1 : byte));

const alterations: Readonly<Record<string, Change>> = {
  'am Anfang um ein Bit geändert': flippedAt(0),
  'am Ende um ein Bit geändert': flippedAt(-1),
  'am Ende gekürzt': (bytes) => bytes.subarray(0, -1),
  'am Ende verlängert': (bytes) => Uint8Array.of(...bytes, 0),
};

const handedOut =
  (change: Change): Alteration =>
  ({ request, answer }) =>
    request.url.includes('/media/download/') ? { ...answer, bytes: change(answer.bytes) } : answer;

/** The cipher of files notices no change; only the checksum in the message does, and it comes with what opens the file. */
export const flippedFile: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.flipped-file',
    title: 'Eine verschlüsselte Datei, die der Server verändert oder vertauscht, öffnet das Gerät nicht.',
    requirements: ['VE-04'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#sending-encrypted-attachments',
    standing: 'normative',
    attacks: [7],
  },
  counterexamples: [
    {
      title: 'Das Gerät von bob öffnet eine Datei, in der ein Bit geändert ist.',
      defect: { person: 'bob', skips: 'fileProof', weakened: openingAltered(1) },
      expectFinding: 'altered-file-opened',
    },
    {
      title: 'Das Gerät von bob öffnet eine andere Datei, die der Server an ihrer Stelle ausliefert.',
      defect: { person: 'bob', skips: 'fileProof', weakened: openingAltered(Object.keys(alterations).length + 1) },
      expectFinding: 'other-file-opened',
    },
  ],
  run: async (context) => {
    let change: Change = (bytes) => bytes;
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.device('bob', { between: attackedBy(handedOut((bytes) => change(bytes))) }),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const [content, other] = [contentOf(context.random.word(2000)), contentOf(context.random.word(2000))];
    const eventId = await alice.sendFile(roomId, 'Bericht.txt', content);
    const otherId = await alice.sendFile(roomId, 'Anlage.txt', other);
    let kept: Uint8Array = new Uint8Array();
    change = (bytes) => {
      kept = bytes;
      return bytes;
    };
    if (!isSame(await bob.fetchFile(roomId, otherId), other) || kept.length === 0)
      return inconclusive('void: Schon die unveränderte Anlage war nicht zu öffnen.');
    const findings: Finding[] = [];
    for (const [how, alteration] of Object.entries(alterations)) {
      change = alteration;
      findings.push(...expectRefused(await bob.fetchFile(roomId, eventId), 'altered-file-opened', how));
    }
    const swapped = kept;
    change = () => swapped;
    findings.push(
      ...expectRefused(await bob.fetchFile(roomId, eventId), 'other-file-opened', 'mit einer anderen vertauscht'),
    );
    change = (bytes) => bytes;
    if (!isSame(await bob.fetchFile(roomId, eventId), content))
      return inconclusive('void: Auch unverändert war die Datei nicht zu öffnen.');
    return outcomeOf(findings, 'Vier Veränderungen und ein Tausch abgewiesen; unverändert geöffnet.');
  },
};

const contentOf = (word: string) => new TextEncoder().encode(word);

const isSame = (file: FetchedFile, content: Uint8Array) =>
  file.kind === 'opened' && Buffer.from(file.bytes).equals(content);

const expectRefused = (file: FetchedFile, code: string, how: string): readonly Finding[] =>
  file.kind === 'refused'
    ? []
    : [
        {
          code,
          title: `Das Gerät öffnet eine Datei, die der Server ${how} hat.`,
          expected: 'Es öffnet sie nicht, weil die Prüfsumme nicht stimmt.',
          observed: file.kind === 'opened' ? 'Es hat sie geöffnet.' : 'Es hat sie nicht gefunden.',
          where: how,
        },
      ];
