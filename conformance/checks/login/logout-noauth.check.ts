import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

const paths = ['/_matrix/client/v3/logout', '/_matrix/client/v3/logout/all'] as const;

// Nobody can end sessions without holding one.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logout
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.logout-noauth',
    title: 'Abmelden kann nur, wer angemeldet ist',
    requirements: ['SI-13', 'KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3logout'),
  },
  counterexamples: [
    {
      title: 'Das Abmelden gelingt ohne Zugangsschlüssel',
      defect: {
        when: { path: paths[0] },
        alter: (answer, seen) => (seen.hasToken ? answer : answering(200, {})(answer, seen)),
      },
      expectFinding: 'without-token',
    },
    {
      title: 'Das Abmelden aller Geräte gelingt mit erfundenem Zugangsschlüssel',
      defect: {
        when: { path: paths[1] },
        alter: (answer, seen) => (seen.hasToken ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'with-bad-token',
    },
    {
      title: 'Die Ablehnung nennt den falschen Code',
      defect: { when: { path: paths[1] }, alter: setting(['errcode'], 'M_FORBIDDEN') },
      expectFinding: 'without-token',
    },
  ],
  async run({ request, random }) {
    const session = { accessToken: `pruefstand_${random.word(40)}` };
    const findings = [];
    for (const path of paths) {
      findings.push(
        ...expectError(
          await request('POST', path, { body: {} }),
          { status: 401, errcode: 'M_MISSING_TOKEN' },
          { code: 'without-token', title: 'Abmelden ohne Zugangsschlüssel wird nicht abgewiesen' },
        ),
        ...expectError(
          await request('POST', path, { session, body: {} }),
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'with-bad-token', title: 'Abmelden mit ungültigem Zugangsschlüssel wird nicht abgewiesen' },
        ),
      );
    }
    return outcomeOf(findings, 'Ohne und mit ungültigem Zugangsschlüssel: 401');
  },
});
