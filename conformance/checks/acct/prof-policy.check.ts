import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';

const path = '/_matrix/client/v3/profile/{userId}';

// Names of staff are shown to colleagues who are logged in and to nobody else.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuserid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-policy',
    title: 'Profile sieht nur, wer angemeldet ist',
    requirements: ['DS-12', 'KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3profileuserid'),
  },
  counterexamples: [
    {
      title: 'Der Server zeigt ein Profil ohne Anmeldung',
      defect: {
        when: { path },
        alter: (answer, seen) => (seen.hasToken ? answer : answering(200, { displayname: 'Alice' })(answer, seen)),
      },
      expectFinding: 'profile-without-token',
    },
    {
      title: 'Auch angemeldet gibt es kein Profil',
      defect: { when: { path }, alter: answering(401, { errcode: 'M_MISSING_TOKEN', error: 'altered' }) },
      expectFinding: 'profile-hidden-from-colleagues',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const params = { userId: alice.userId };
    const anonymous = await request('GET', path, { params });
    const colleague = await request('GET', path, { params, session: bob });
    return outcomeOf(
      [
        ...expectError(
          anonymous,
          { status: 401, errcode: 'M_MISSING_TOKEN' },
          {
            code: 'profile-without-token',
            title: 'Ein Profil ist ohne Anmeldung abrufbar',
          },
        ),
        // Without this the refusal above would prove nothing.
        ...expectStatus(colleague, 200, {
          code: 'profile-hidden-from-colleagues',
          title: 'Ein Profil ist auch für Angemeldete nicht abrufbar',
        }),
      ],
      'Ohne Anmeldung 401, mit Anmeldung 200',
    );
  },
});
