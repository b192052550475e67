import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat } from '../../lib/match.ts';

const path = '/_matrix/client/v3/account/whoami';

// The server knows to whom a token belongs.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3accountwhoami
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.whoami',
    title: 'Der Server ordnet einen Zugangsschlüssel dem richtigen Konto und Gerät zu',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3accountwhoami'),
  },
  counterexamples: [
    {
      title: 'Ein fremdes Konto wird genannt',
      defect: { when: { path }, alter: setting(['user_id'], '@fremd:example.org') },
      expectFinding: 'other-account',
    },
    {
      title: 'Ein fremdes Gerät wird genannt',
      defect: { when: { path }, alter: setting(['device_id'], 'FREMD') },
      expectFinding: 'other-device',
    },
    {
      title: 'Das Konto gilt als Gast',
      defect: { when: { path }, alter: setting(['is_guest'], true) },
      expectFinding: 'taken-for-guest',
    },
  ],
  async run({ request, user }) {
    const session = await user('whoami');
    const answer = await request('GET', path, { session });
    const got = (key: string) => valueAt(answer.json, [key]);
    return outcomeOf(
      [
        ...expectStatus(answer, 200, { code: 'status', title: 'Der Server gibt keine Auskunft zum Zugangsschlüssel' }),
        ...expectEqual(
          answer,
          { wanted: session.userId, got: got('user_id') },
          {
            code: 'other-account',
            title: 'Der Zugangsschlüssel wird einem anderen Konto zugeordnet',
          },
        ),
        ...expectEqual(
          answer,
          { wanted: session.deviceId, got: got('device_id') },
          {
            code: 'other-device',
            title: 'Der Zugangsschlüssel wird einem anderen Gerät zugeordnet',
          },
        ),
        ...expectThat(answer, got('is_guest') !== true, {
          code: 'taken-for-guest',
          title: 'Ein gewöhnliches Konto gilt als Gastkonto',
          expected: 'kein Gast',
          observed: 'is_guest: true',
        }),
      ],
      'Konto und Gerät stimmen, kein Gast',
    );
  },
});
