import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { premiseString } from '../../lib/premise.ts';

const userinfoPath = '/_matrix/federation/v1/openid/userinfo';
const spec = 'https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1openiduserinfo';

// Another service exchanges the proof for the person's id, and nothing else for it.
// https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1openiduserinfo
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.openid-exchange',
    title: 'Ein anderer Dienst erfährt mit dem Ausweis die richtige Person, ohne gültigen Ausweis nichts',
    requirements: ['KO-05'],
    needs: ['lab', 'accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec,
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Der Ausweis führt zu einer anderen Person',
      defect: { when: { path: userinfoPath }, alter: onlyNth(1, setting(['sub'], '@fremd:example.org')) },
      expectFinding: 'other-person',
    },
    {
      title: 'Ein erfundener Ausweis gilt',
      defect: { when: { path: userinfoPath }, alter: onlyNth(2, answering(200, { sub: '@alice:example.org' })) },
      expectFinding: 'invented-token',
    },
    {
      title: 'Der Zugangsschlüssel des Kontos gilt als Ausweis',
      defect: { when: { path: userinfoPath }, alter: onlyNth(3, answering(200, { sub: '@alice:example.org' })) },
      expectFinding: 'access-token-exchanged',
    },
  ],
  async run({ request, user, random }) {
    const session = await user('alice');
    const { userId, accessToken } = session;
    const template = '/_matrix/client/v3/user/{userId}/openid/request_token';
    const issued = await request('POST', template, { params: { userId }, session, body: {} });
    const exchange = (token: string) => request('GET', userinfoPath, { query: { access_token: token } });
    const known = await exchange(premiseString(issued, ['access_token']));
    const invented = await exchange(random.word(24));
    const foreign = await exchange(accessToken);
    const unknown = { status: 401, errcode: 'M_UNKNOWN_TOKEN' };
    return outcomeOf(
      [
        ...expectEqual(
          known,
          { wanted: userId, got: stringAt(known.json, ['sub']) },
          { code: 'other-person', title: 'Der Ausweis führt nicht zur richtigen Person' },
        ),
        ...expectError(invented, unknown, { code: 'invented-token', title: 'Ein erfundener Ausweis gilt' }),
        ...expectError(foreign, unknown, {
          code: 'access-token-exchanged',
          title: 'Der Zugangsschlüssel eines Kontos gilt als Ausweis',
        }),
      ],
      'Ausweis getauscht, ein erfundener und der Zugangsschlüssel des Kontos ergeben 401',
    );
  },
});
