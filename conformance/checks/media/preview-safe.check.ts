import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { expectMalformed } from '../../lib/refusals.ts';

const path = '/_matrix/client/v1/media/preview_url';

/** Addresses of machines only the server can reach, written in the ways that are overlooked. */
const inner = [
  'http://10.0.0.1/',
  'http://192.168.0.1/',
  'http://172.16.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.64.0.1/',
  'http://[fe80::1]/',
  'http://[fd00::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://127.0.0.2/',
];

const preview = { 'og:title': 'Intern' };

// Where previews are made, nobody can make the server look into the network behind it.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.preview-safe',
    title: 'Eine Linkvorschau führt nie zu Adressen im inneren Netz',
    requirements: ['DS-04', 'KO-05'],
    needs: ['accounts'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv1mediapreview_url'),
    rows: ['preview-off-or-safe'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Eine interne Seite wird abgerufen',
      defect: { when: { path }, alter: answering(200, preview) },
      expectFinding: 'inner-address-fetched',
    },
    {
      title: 'Nur die Schreibweise mit eingebetteter IPv4-Adresse wird übersehen',
      defect: {
        when: { path },
        alter: (answer, seen) => (seen.query.includes('ffff') ? answering(200, preview)(answer, seen) : answer),
      },
      expectFinding: 'inner-address-fetched',
    },
    {
      title: 'Eine Anfrage ohne Adresse wird angenommen',
      defect: {
        when: { path },
        alter: (answer, seen) => (seen.query === '' ? answering(200, preview)(answer, seen) : answer),
      },
      expectFinding: 'nothing-accepted',
    },
  ],
  async run({ request, user }) {
    const session = await user('alice');
    const without = await request('GET', path, { session });
    if (stringAt(without.json, ['errcode']) === 'M_UNRECOGNIZED') {
      return notApplicable('Die Linkvorschau (url_preview_enabled) ist ausgeschaltet.');
    }
    const answers: Answer[] = [];
    for (const url of inner) answers.push(await request('GET', path, { session, query: { url } }));
    return outcomeOf(
      [
        ...answers.flatMap(fetchedFindings),
        ...expectMalformed(without, { code: 'nothing-accepted', title: 'Eine Anfrage ohne Adresse wird angenommen' }),
      ],
      `${inner.length} Adressen im inneren Netz, keine abgerufen`,
    );
  },
});

const fetchedFindings = (answer: Answer): Findings =>
  expectThat(answer, answer.status >= 400, {
    code: 'inner-address-fetched',
    title: 'Die Linkvorschau ruft eine Adresse im inneren Netz ab',
    expected: 'eine Ablehnung',
    observed: `Status ${answer.status}`,
  });
