import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { withStatus } from '../../lib/defect.ts';
import { pngOf } from '../../lib/image.ts';
import { stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import {
  download,
  downloadTemplate,
  legacyDownloadTemplate,
  legacyNamedDownloadTemplate,
  legacyThumbnailTemplate,
  stored,
  thumbnailTemplate,
} from '../../lib/media.ts';

// An address alone must not be enough: the old ways, which know no login, are closed for new files.
// https://spec.matrix.org/v1.19/client-server-api/#content-repo-client-behaviour
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-legacy-closed',
    title: 'Neue Dateien sind auf keinem Weg ohne Anmeldung abrufbar, auch nicht über die alten Adressen',
    requirements: ['DS-11'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('content-repo-client-behaviour'),
    rows: ['media-auth'],
  },
  counterexamples: [
    {
      title: 'Das Vorschaubild gibt es ohne Anmeldung',
      defect: { when: { path: thumbnailTemplate }, alter: withStatus(200) },
      expectFinding: 'served-without-login',
    },
    {
      title: 'Die Datei gibt es ohne Anmeldung',
      defect: {
        when: { path: downloadTemplate },
        alter: (answer, { hasToken }) => (hasToken ? answer : { ...answer, status: 200 }),
      },
      expectFinding: 'served-without-login',
    },
    {
      title: 'Die Datei ist gar nicht da',
      defect: { when: { path: downloadTemplate }, alter: withStatus(404) },
      expectFinding: 'not-there',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const address = await stored(request, alice, { bytes: pngOf({ width: 64, height: 48 }), type: 'image/png' });
    const params = { ...address, fileName: 'bild.png' };
    const query = { width: '32', height: '32', method: 'scale' };
    const own = await download(request, alice, address);
    const ways = [
      await request('GET', downloadTemplate, { params }),
      await request('GET', thumbnailTemplate, { params, query }),
      await request('GET', legacyDownloadTemplate, { params }),
      await request('GET', legacyNamedDownloadTemplate, { params }),
      await request('GET', legacyThumbnailTemplate, { params, query }),
    ];
    return outcomeOf(
      [
        // Without this the refusals would prove nothing.
        ...expectStatus(own, 200, {
          code: 'not-there',
          title: 'Die eigene Datei ist auch mit Anmeldung nicht abrufbar',
        }),
        ...ways.flatMap(closedFindings),
      ],
      `${ways.length} Wege ohne Anmeldung, keiner liefert die Datei`,
    );
  },
});

/** The code that belongs to each way to refuse. */
const refusals: Readonly<Record<number, string>> = {
  401: 'M_MISSING_TOKEN',
  403: 'M_FORBIDDEN',
  404: 'M_NOT_FOUND',
};

function closedFindings(answer: Answer): Findings {
  const errcode = stringAt(answer.json, ['errcode']);
  return expectThat(answer, errcode !== undefined && refusals[answer.status] === errcode, {
    code: 'served-without-login',
    title: 'Eine Datei ist ohne Anmeldung abrufbar',
    expected: 'Status 401, 403 oder 404 mit dem errcode dazu',
    observed: `Status ${answer.status} mit ${answer.bytes.length} Bytes, ${errcode ?? 'ohne errcode'}`,
  });
}
