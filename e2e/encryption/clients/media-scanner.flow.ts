import { Buffer } from 'node:buffer';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { type Alteration, isJsonObject } from '../../lib/alteration.ts';
import type { FetchedFile } from '../../lib/crypto-device.ts';
import { listenForScannerRequests, type ScannerRequest } from '../../lib/scanner/requests.ts';
import { createStandInScanner } from '../../lib/scanner/stand-in.ts';
import type { Sighting } from '../../lib/wire/wire-log.ts';
import type { EncryptionFlow } from '../context.ts';

/** The homeserver hands the scanner other files than were sent. */
const otherFiles: Alteration = ({ request, answer }) =>
  request.url.includes('/media/download/') ? { ...answer, bytes: answer.bytes.map((byte) => byte ^ 1) } : answer;

/** With a scanner the encryption of files ends there, and nowhere before: the file's key may reach it alone. */
export const mediaScanner: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.media-scanner',
    title:
      'Der Inhaltsscanner bekommt von einem Gerät nur den Schlüssel der einen Datei, verschlossen mit dem Schlüssel des Scanners, und gibt die Datei unverändert heraus.',
    requirements: ['VE-21'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://github.com/element-hq/matrix-content-scanner-python/blob/main/docs/api.md',
    standing: 'wish',
  },
  counterexamples: [
    {
      title: 'Das Gerät von bob schickt dem Scanner den Schlüssel der Datei offen.',
      defect: {
        person: 'bob',
        skips: 'closedSecrets',
        weakened: ({ scanFileOpenly }) => ({ scanFile: scanFileOpenly }),
      },
      expectFinding: 'file-key-open',
    },
    {
      title: 'Der Scanner bekommt vom Server andere Dateien, als gesendet wurden.',
      defect: otherFiles,
      expectFinding: 'file-not-opened',
    },
  ],
  run: async (context) => {
    const [standIn, asked] = [createStandInScanner(), listenForScannerRequests()];
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.device('bob', { between: (send) => asked.between(standIn.between(send)) }),
    ]);
    const roomId = await alice.createEncryptedRoom({
      name: `Prüfraum ${context.random.word(12)}`,
      invite: [bob.userId],
    });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const content = new TextEncoder().encode(`Künstlicher Inhalt ${context.random.word(2000)}`);
    const eventId = await alice.sendFile(roomId, 'Bericht.txt', content);
    const fileKey = fileKeyIn(await bob.waitForContent(roomId, eventId));
    if (fileKey === undefined) return inconclusive('void: Schon die Nachricht mit der Datei war nicht zu lesen.');
    const hasScanner = (await bob.scannerKey()) !== undefined;
    if (!hasScanner) standIn.start();
    const open = context.wire.watch(fileKey);
    const file = await bob.scanFile(roomId, eventId);
    const findings = [
      ...onePerOperation(open.sightings).map(keyOpen),
      ...asked.list.filter(isMore).map(moreTold),
      ...expectOpened(file, content),
    ];
    if (!hasScanner && findings.length === 0) return notApplicable(withoutScanner);
    return outcomeOf(
      findings,
      `${asked.list.length} Anfragen an den Scanner, der Schlüssel der Datei in keiner offen.`,
    );
  },
};

const withoutScanner =
  'Das Ziel hat keinen Inhaltsscanner (/_matrix/media_proxy/unstable/public_key: 404). Gegenüber einem der Prüfung ging der Schlüssel der Datei nur verschlossen hinaus.';

function fileKeyIn(content: string | undefined): string | undefined {
  const parsed = content === undefined ? undefined : parsedJson(content);
  const file = isJsonObject(parsed) ? parsed['file'] : undefined;
  const key = isJsonObject(file) ? file['key'] : undefined;
  return isJsonObject(key) && typeof key['k'] === 'string' ? key['k'] : undefined;
}

const onePerOperation = (sightings: readonly Sighting[]) => [...new Set(sightings.map(({ operation }) => operation))];

/** All that a device has to ask and to tell. */
const isMore = ({ operation, told }: ScannerRequest) =>
  operation === 'public_key' ? told.length > 0 : operation !== 'download_encrypted' || told.join() !== 'encrypted_body';

const keyOpen = (operation: string): Finding => ({
  code: 'file-key-open',
  title: 'Der Schlüssel einer Datei geht offen über den Draht.',
  expected: 'Er verlässt das Gerät nur verschlossen mit dem Schlüssel des Scanners.',
  observed: 'Er steht lesbar in der Anfrage.',
  where: operation,
});

const moreTold = ({ operation, told }: ScannerRequest): Finding => ({
  code: 'more-than-key',
  title: 'Der Inhaltsscanner erfährt mehr als den Schlüssel der Datei.',
  expected: 'Abgefragt wird sein Schlüssel, mitgeteilt allein encrypted_body.',
  observed: `Mitgeteilt wird: ${told.join(', ') || 'nichts'}.`,
  where: operation,
});

const expectOpened = (file: FetchedFile, content: Uint8Array): readonly Finding[] =>
  file.kind === 'opened' && Buffer.from(file.bytes).equals(content)
    ? []
    : [
        {
          code: 'file-not-opened',
          title: 'Über den Inhaltsscanner lässt sich eine einwandfreie Datei nicht öffnen.',
          expected: 'Der Scanner nimmt den verschlossenen Schlüssel an und gibt die Datei unverändert heraus.',
          observed: file.kind === 'refused' ? `Abgewiesen: ${file.reason}.` : `Zustand: ${file.kind}.`,
          where: 'download_encrypted',
        },
      ];
