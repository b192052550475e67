import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, shown } from '../../lib/match.ts';

const path = '/_matrix/client/v3/login';

// The ways to log in are named, and they are those the target file declares.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3login
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-flows',
    title: 'Der Server nennt die Anmeldewege, die für ihn angegeben sind',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3login'),
  },
  counterexamples: [
    {
      title: 'Es wird kein Anmeldeweg genannt',
      defect: { when: { method: 'GET', path }, alter: setting(['flows'], []) },
      expectFinding: 'no-flows',
    },
    {
      title: 'Ein Anmeldeweg hat keine Bezeichnung',
      defect: {
        when: { method: 'GET', path },
        alter: setting(['flows'], [{ type: 'm.login.password' }, { type: '' }]),
      },
      expectFinding: 'flow-without-type',
    },
    {
      title: 'Statt des Kennworts wird eine fremde Anmeldung angeboten',
      defect: { when: { method: 'GET', path }, alter: answering(200, { flows: [{ type: 'm.login.sso' }] }) },
      expectFinding: 'password-flow',
    },
  ],
  async run({ request, target }) {
    const answer = await request('GET', path);
    const types = arrayAt(answer.json, ['flows']).map((flow) => valueAt(flow, ['type']));
    const title = 'Die genannten Anmeldewege sind unbrauchbar';
    return outcomeOf(
      [
        ...expectStatus(answer, 200, { code: 'status', title: 'Die Anmeldewege werden nicht genannt' }),
        ...expectThat(answer, types.length > 0, {
          code: 'no-flows',
          title,
          expected: 'mindestens ein Anmeldeweg',
          observed: 'keiner',
        }),
        ...expectThat(
          answer,
          types.every((type) => typeof type === 'string' && type !== ''),
          {
            code: 'flow-without-type',
            title,
            expected: 'eine Bezeichnung (type) je Anmeldeweg',
            observed: shown(types),
          },
        ),
        ...expectEqual(
          answer,
          { wanted: target.capabilities.includes('passwordLogin'), got: types.includes('m.login.password') },
          {
            code: 'password-flow',
            title: 'Die Anmeldung mit Kennwort wird anders angeboten als für das Ziel angegeben',
          },
        ),
      ],
      `Anmeldewege: ${types.join(', ')}`,
    );
  },
});
