import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, withStatus } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { downloadTemplate, namedDownloadTemplate, stored, textFile, thumbnailTemplate } from '../../lib/media.ts';

const configPath = '/_matrix/client/v1/media/config';
const missing = answering(401, { errcode: 'M_MISSING_TOKEN', error: 'altered' });

// Files are for people who are logged in: whoever only knows the address gets nothing.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-auth',
    title: 'Dateien, Vorschaubilder und Grenzwerte gibt es über die geschützten Adressen nur mit Anmeldung',
    requirements: ['DS-11', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1mediadownloadservernamemediaid'),
  },
  counterexamples: [
    {
      title: 'Die Datei wird ohne Anmeldung geliefert',
      defect: { when: { path: downloadTemplate }, alter: withStatus(200) },
      expectFinding: 'served-without-token',
    },
    {
      title: 'Ein Vorschaubild wird ohne Anmeldung geliefert',
      defect: { when: { path: thumbnailTemplate }, alter: withStatus(200) },
      expectFinding: 'served-without-token',
    },
    {
      title: 'Auch mit Anmeldung gibt es die Datei nicht',
      defect: { when: { path: downloadTemplate }, alter: missing },
      expectFinding: 'refused-with-token',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const address = await stored(request, alice, textFile(tools));
    const params = { ...address, fileName: 'datei.txt' };
    const query = { width: '32', height: '32' };
    const anonymous = [
      await request('GET', downloadTemplate, { params }),
      await request('GET', namedDownloadTemplate, { params }),
      await request('GET', thumbnailTemplate, { params, query }),
      await request('GET', configPath),
    ];
    const known = [
      await request('GET', downloadTemplate, { params, session: alice }),
      await request('GET', configPath, { session: alice }),
    ];
    return outcomeOf(
      [
        ...anonymous.flatMap((answer) =>
          expectError(
            answer,
            { status: 401, errcode: 'M_MISSING_TOKEN' },
            { code: 'served-without-token', title: 'Eine geschützte Adresse für Dateien antwortet ohne Anmeldung' },
          ),
        ),
        // Without this the refusals above would prove nothing.
        ...known.flatMap((answer) =>
          expectStatus(answer, 200, {
            code: 'refused-with-token',
            title: 'Eine geschützte Adresse für Dateien antwortet auch mit Anmeldung nicht',
          }),
        ),
      ],
      `Ohne Anmeldung ${anonymous.length}-mal 401, mit Anmeldung Datei und Grenzwerte`,
    );
  },
});
