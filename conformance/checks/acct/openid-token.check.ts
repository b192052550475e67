import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectThat, type Findings, shown } from '../../lib/match.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/user/{userId}/openid/request_token';
const userinfoPath = '/_matrix/federation/v1/openid/userinfo';

// Another service learns from the homeserver who somebody is, by a token that can do nothing else.
// https://spec.matrix.org/v1.19/client-server-api/#openid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.openid-token',
    title: 'Ein Ausweis für andere Dienste gilt nur für die eigene Person und nur zum Ausweisen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('openid'),
  },
  counterexamples: [
    {
      title: 'Der Ausweis nennt einen anderen Server',
      defect: { when: { path }, alter: onlyNth(1, setting(['matrix_server_name'], 'anderswo.example')) },
      expectFinding: 'other-server',
    },
    {
      title: 'Für eine andere Person wird ein Ausweis ausgestellt',
      defect: {
        when: { path },
        alter: onlyNth(
          2,
          answering(200, { access_token: 'a', token_type: 'Bearer', matrix_server_name: 'a', expires_in: 60 }),
        ),
      },
      expectFinding: 'issued-for-others',
    },
    {
      title: 'Mit dem Ausweis lässt sich das Konto benutzen',
      defect: {
        when: { path: '/_matrix/client/v3/account/whoami' },
        alter: answering(200, { user_id: '@alice:example.org' }),
      },
      expectFinding: 'token-too-powerful',
    },
    {
      title: 'Der Ausweis ist schon abgelaufen',
      defect: { when: { path }, alter: onlyNth(1, setting(['expires_in'], 0)) },
      expectFinding: 'no-lifetime',
    },
    {
      title: 'Der Ausweis weist eine andere Person aus',
      defect: { when: { path: userinfoPath }, alter: onlyNth(1, answering(200, { sub: '@fremd:example.org' })) },
      expectFinding: 'other-person',
    },
  ],
  async run(tools) {
    const { request, user, target } = tools;
    const alice = await user('alice');
    const bob = await user('bob');
    const params = { userId: alice.userId };
    const issued = await request('POST', path, { params, session: alice, body: {} });
    const foreign = await request('POST', path, { params, session: bob, body: {} });
    const token = stringAt(issued.json, ['access_token']) ?? '';
    const whoami = await request('GET', '/_matrix/client/v3/account/whoami', { session: { accessToken: token } });
    const lifetime = valueAt(issued.json, ['expires_in']);
    const exchange = await exchangeFindings(tools, alice, token);
    return outcomeOf(
      [
        ...expectEqual(
          issued,
          { wanted: target.serverName, got: stringAt(issued.json, ['matrix_server_name']) },
          { code: 'other-server', title: 'Der Ausweis nennt nicht den eigenen Server' },
        ),
        ...expectThat(issued, typeof lifetime === 'number' && lifetime > 0, {
          code: 'no-lifetime',
          title: 'Der Ausweis gilt keine Zeit',
          expected: 'eine Gültigkeit über 0 Sekunden',
          observed: shown(lifetime),
        }),
        ...expectError(
          foreign,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'issued-for-others', title: 'Für eine andere Person wird ein Ausweis ausgestellt' },
        ),
        ...expectError(
          whoami,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'token-too-powerful', title: 'Mit dem Ausweis lässt sich das Konto benutzen' },
        ),
        ...exchange.findings,
      ],
      `Ausweis für ${String(lifetime)} s nur für die eigene Person; ${exchange.told}`,
    );
  },
});

/** Other services ask on the federation's address, which may be closed altogether. */
async function exchangeFindings(
  { request }: Tools,
  { userId }: Session,
  token: string,
): Promise<{ readonly findings: Findings; readonly told: string }> {
  const known = await request('GET', userinfoPath, { query: { access_token: token } });
  if (isClosed(known)) return { findings: [], told: 'der Tausch ist hier nicht von außen erreichbar' };
  const unknown = await request('GET', userinfoPath, { query: { access_token: 'pruefstand' } });
  const findings = [
    ...expectEqual(
      known,
      { wanted: userId, got: stringAt(known.json, ['sub']) },
      { code: 'other-person', title: 'Der Ausweis weist nicht die eigene Person aus' },
    ),
    ...expectError(
      unknown,
      { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
      { code: 'invented-token', title: 'Ein erfundener Ausweis wird nicht abgelehnt' },
    ),
  ];
  return { findings, told: 'getauscht, ein erfundener Ausweis ergibt 401' };
}

const isClosed = ({ status, json }: Answer): boolean =>
  (status === 404 || status === 403) && stringAt(json, ['sub']) === undefined;
