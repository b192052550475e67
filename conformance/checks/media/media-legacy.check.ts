import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { dispositionOf } from '../../lib/content-disposition.ts';
import { answering, setting, withBytes } from '../../lib/defect.ts';
import { fileHeaderFindings, previewHeaderFindings } from '../../lib/file-headers.ts';
import { pngOf } from '../../lib/image.ts';
import { expectEqual, expectError, expectThat, type Findings } from '../../lib/match.ts';
import {
  legacyDownloadTemplate,
  legacyNamedDownloadTemplate,
  legacyThumbnailTemplate,
  stored,
} from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';

const legacyConfigPath = '/_matrix/media/v3/config';
const configPath = '/_matrix/client/v1/media/config';

// The old ways to files either still lead to the file as it is, or are closed, but never lead astray.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixmediav3downloadservernamemediaid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-legacy',
    title: 'Die alten Adressen für Dateien liefern die unveränderte Datei oder melden sie als nicht vorhanden',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixmediav3downloadservernamemediaid'),
    rows: ['media-upload-download'],
  },
  counterexamples: [
    {
      title: 'Eine andere Datei wird geliefert',
      defect: {
        when: { path: legacyDownloadTemplate },
        alter: (answer, seen) => ({ ...withBytes(new Uint8Array([1]))(answer, seen), status: 200 }),
      },
      expectFinding: 'bytes-differ',
    },
    {
      title: 'Eine unbekannte Datei wird geliefert',
      defect: {
        when: { path: legacyDownloadTemplate },
        alter: (answer, seen) => (seen.path.includes('unbekannt') ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'unknown-file-found',
    },
    {
      title: 'Alte und neue Adresse nennen verschiedene Grenzen',
      defect: { when: { path: legacyConfigPath }, alter: setting(['m.upload.size'], 1) },
      expectFinding: 'limits-differ',
    },
  ],
  async run({ request, user, random }) {
    const alice = await user('alice');
    const bytes = pngOf({ width: 64, height: 48 });
    const address = await stored(request, alice, { bytes, type: 'image/png' });
    const ask = (
      template: string,
      params: Readonly<Record<string, string>>,
      query?: Readonly<Record<string, string>>,
    ) => request('GET', template, { params, session: alice, ...(query && { query }) });
    const query = { width: '32', height: '32', method: 'scale' };
    const plain = await ask(legacyDownloadTemplate, address);
    const named = await ask(legacyNamedDownloadTemplate, { ...address, fileName: 'anders.png' });
    const thumbnail = await ask(legacyThumbnailTemplate, address, query);
    const nowhere = { ...address, mediaId: `unbekannt${random.word(16)}` };
    const unknown = [
      await ask(legacyDownloadTemplate, nowhere),
      await ask(legacyNamedDownloadTemplate, { ...nowhere, fileName: 'anders.png' }),
      await ask(legacyThumbnailTemplate, nowhere, query),
    ];
    const limits = premise(await ask(legacyConfigPath, {}));
    const current = premise(await ask(configPath, {}));
    return outcomeOf(
      [
        ...[plain, named].flatMap((answer) => sameFile(answer, bytes)),
        ...(named.status === 200 ? nameFindings(named, 'anders.png') : []),
        ...[plain, named].flatMap(fileHeaderFindings),
        ...previewHeaderFindings(thumbnail),
        ...sameStatus(thumbnail, plain),
        ...unknown.flatMap((answer) =>
          expectError(
            answer,
            { status: 404, errcode: 'M_NOT_FOUND' },
            { code: 'unknown-file-found', title: 'Eine unbekannte Datei wird nicht als solche gemeldet' },
          ),
        ),
        ...expectEqual(
          limits,
          { wanted: current.json, got: limits.json },
          { code: 'limits-differ', title: 'Alte und neue Adresse nennen verschiedene Grenzen' },
        ),
      ],
      plain.status === 200 ? 'Alte Adressen liefern die unveränderte Datei' : 'Alte Adressen sind geschlossen (404)',
    );
  },
});

/** Closed is allowed: new files may be had over the protected way only. */
function sameFile(answer: Answer, bytes: Uint8Array): Findings {
  if (answer.status === 404) return [];
  return expectThat(answer, answer.status === 200 && Buffer.from(answer.bytes).equals(bytes), {
    code: 'bytes-differ',
    title: 'Eine alte Adresse liefert nicht die Datei, wie sie ist',
    expected: `dieselben ${bytes.length} Bytes oder Status 404`,
    observed: `Status ${answer.status} mit ${answer.bytes.length} Bytes`,
  });
}

const nameFindings = (answer: Answer, name: string): Findings =>
  expectEqual(
    answer,
    { wanted: name, got: dispositionOf(answer.headers['content-disposition'])?.filename },
    { code: 'name-ignored', title: 'Der verlangte Dateiname wird nicht verwendet' },
  );

function sameStatus(thumbnail: Answer, file: Answer): Findings {
  return expectThat(thumbnail, thumbnail.status === file.status, {
    code: 'thumbnail-differs',
    title: 'Datei und Vorschaubild sind über die alten Adressen verschieden zugänglich',
    expected: `Status ${file.status} wie bei der Datei`,
    observed: `Status ${thumbnail.status}`,
  });
}
