import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';

const path = '/_matrix/client/v3/admin/whois/{userId}';

// The administration can look up from where an account is used, to follow up a stolen password.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3adminwhoisuserid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.whois-admin',
    title: 'Die Verwaltung erfährt, von wo ein Konto benutzt wird',
    requirements: ['KO-05'],
    needs: ['accounts', 'admin'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3adminwhoisuserid'),
  },
  counterexamples: [
    {
      title: 'Auch die Verwaltung wird abgewiesen',
      defect: { when: { path }, alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }) },
      expectFinding: 'administration-refused',
    },
    {
      title: 'Die Verwaltung erhält die Auskunft über ein anderes Konto',
      defect: { when: { path }, alter: setting(['user_id'], '@fremd:example.org') },
      expectFinding: 'other-account',
    },
  ],
  async run({ request, user }) {
    const administrator = await user('admin', 'administrator');
    const { userId } = await user('alice');
    const answer = await request('GET', path, { params: { userId }, session: administrator });
    return outcomeOf(
      [
        ...expectStatus(answer, 200, {
          code: 'administration-refused',
          title: 'Die Verwaltung erfährt nicht, von wo ein Konto benutzt wird',
        }),
        ...expectEqual(
          answer,
          { wanted: userId, got: stringAt(answer.json, ['user_id']) },
          { code: 'other-account', title: 'Die Auskunft betrifft ein anderes Konto' },
        ),
      ],
      'Die Verwaltung erhält die Auskunft über das gefragte Konto',
    );
  },
});
