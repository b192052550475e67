import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

const path = '/_matrix/client/v1/media/preview_url';
const legacyPath = '/_matrix/media/v3/preview_url';
const preview = { 'og:title': 'Beispiel' };

// What people link to is their affair: the server fetches nothing on their behalf (setting url_preview_enabled).
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.preview-off-or-safe',
    title: 'Der Server ruft keine verlinkten Seiten ab',
    requirements: ['DS-04'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1mediapreview_url'),
  },
  counterexamples: [
    {
      title: 'Der Server liefert eine Linkvorschau',
      defect: { when: { path }, alter: answering(200, preview) },
      expectFinding: 'preview-served',
    },
    {
      title: 'Über die alte Adresse liefert er eine',
      defect: { when: { path: legacyPath }, alter: answering(200, preview) },
      expectFinding: 'preview-served',
    },
  ],
  async run({ request, user }) {
    const session = await user('alice');
    const query = { url: 'https://pruefstand.invalid/' };
    const answers = [
      await request('GET', path, { session, query }),
      await request('GET', legacyPath, { session, query }),
    ];
    return outcomeOf(
      answers.flatMap((answer) =>
        expectError(
          answer,
          { status: 404, errcode: 'M_UNRECOGNIZED' },
          { code: 'preview-served', title: 'Der Server ruft verlinkte Seiten ab' },
        ),
      ),
      'Linkvorschau auf beiden Wegen ausgeschaltet (404)',
    );
  },
});
