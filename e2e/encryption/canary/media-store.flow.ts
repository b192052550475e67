import { Buffer } from 'node:buffer';
import type { KeptContent } from '../../../core/model/bench.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Picture } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { judgeSearch, matrixEvidence } from './matrix.ts';
import { canariesFrom, playCanaries } from './scenario.ts';
import { searchKept } from './search-kept.ts';
import { sendingPicturesOpen, uploadingThumbnailsOpen } from './weak-devices.ts';

/** What the homeserver keeps of uploaded files is ciphertext: no word of any kind, and no file as it was sent. */
export const canaryMediaStore: EncryptionFlow = {
  meta: {
    id: 'encryption.canary.media-store',
    title: 'Im Medienspeicher des Servers liegt von Bildern und Dateien verschlüsselter Räume nur Geheimtext.',
    requirements: ['VE-03', 'VE-04'],
    needs: ['accounts', 'mayMutate', 'mediaStore'],
    standing: 'normative',
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#sending-encrypted-attachments',
    rows: ['e2e-db-canary', 'e2e-attachment'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice lädt das Vorschaubild auch unverschlüsselt hoch.',
      defect: uploadingThumbnailsOpen,
      expectFinding: 'canary-in-media-store',
    },
    {
      title: 'Das Gerät von alice verschlüsselt die Nachricht, aber nicht das Bild.',
      defect: sendingPicturesOpen,
      expectFinding: 'file-kept-open',
    },
  ],
  run: async (context) => {
    const { mediaStore } = context;
    if (mediaStore === undefined)
      throw new RigError('defect', 'the media store is missing although the target offers it');
    const canaries = canariesFrom(context);
    const { unread, picture, mediaIds } = await playCanaries(context, canaries);
    const { sightings, pieces } = await searchKept(mediaStore, canaries, () => 'Medienspeicher');
    const search = { place: 'mediaStore', sightings, searched: `${pieces} gespeicherte Dateien`, unread } as const;
    context.keep(matrixEvidence(search));
    const kept = await filesWith(mediaStore, mediaIds);
    if (kept.length < 2) return inconclusive('void: Bild und Vorschaubild waren im Medienspeicher nicht zu finden.');
    return judgeSearch(search, keptOpen(kept, picture));
  },
};

/** The homeserver spreads the id over folders. */
async function filesWith(mediaStore: KeptContent, mediaIds: readonly string[]): Promise<readonly Buffer[]> {
  const files: Buffer[] = [];
  await mediaStore.visit((path, piece) => {
    const joined = path.replaceAll('/', '');
    if (mediaIds.some((id) => joined.endsWith(id))) files.push(Buffer.from(piece));
  });
  return files;
}

const keptOpen = (kept: readonly Buffer[], { bytes, thumbnail }: Picture): readonly Finding[] =>
  [
    { where: 'Bild', sent: bytes },
    { where: 'Vorschaubild', sent: thumbnail },
  ]
    .filter(({ sent }) => kept.some((file) => file.equals(sent)))
    .map(({ where }) => ({
      code: 'file-kept-open',
      title: 'Eine Datei liegt auf dem Server so, wie sie auf dem Gerät war.',
      expected:
        'Die Bytes im Medienspeicher unterscheiden sich von denen der Datei: Sie sind mit eigenem Schlüssel verschlüsselt.',
      observed: 'Die Bytes sind dieselben.',
      where,
    }));
