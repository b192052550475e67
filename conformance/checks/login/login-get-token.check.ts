import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { numberAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus, type Findings } from '../../lib/match.ts';
import { loginPath } from '../../lib/password-login.ts';
import { premiseString } from '../../lib/premise.ts';
import { tokenLogin } from '../../lib/sso.ts';
import type { Tools } from '../../lib/tools.ts';
import { passwordProof } from '../../lib/uia.ts';

const path = '/_matrix/client/v1/login/get_token';
/** Longer lifetimes are not waited for. */
const longestWaitMs = 5_000;
/** While time passes nothing is asked for. */
const nothing = JSON.stringify({
  account_data: { not_types: ['*'] },
  presence: { not_types: ['*'] },
  room: { rooms: [] },
});

// One session helps another in: only with the password, once for each token, and only for a while.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1loginget_token
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-get-token',
    title: 'Eine Sitzung kann einer weiteren die Anmeldung erlauben: mit Kennwort, einmalig und befristet',
    requirements: ['KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    waits: 'Ein Anmeldeschlüssel muss ablaufen.',
    spec: clause('post_matrixclientv1loginget_token'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Anmeldung führt in ein anderes Konto',
      defect: { when: { method: 'POST', path: loginPath }, alter: onlyNth(1, setting(['user_id'], '@x:example.org')) },
      expectFinding: 'other-account',
    },
    {
      title: 'Der Schlüssel gilt ein zweites Mal',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: (answer, { earlier }) => (earlier.length === 1 ? (earlier[0] ?? answer) : answer),
      },
      expectFinding: 'usable-twice',
    },
    {
      title: 'Beim nächsten Mal wird das Kennwort nicht mehr verlangt',
      defect: {
        when: { method: 'POST', path },
        alter: onlyNth(3, answering(200, { login_token: 'altered', expires_in_ms: 1000 })),
      },
      expectFinding: 'not-asked-again',
    },
  ],
  async run(tools) {
    const { request, account, device } = tools;
    const owner = await account('gettoken', 'ordinary');
    const session = await device(owner);
    const asked = await request('POST', path, { session, body: {} });
    if (asked.status === 404) {
      return notApplicable(
        'Der Server bietet die Anmeldung über eine andere Sitzung nicht an (login_via_existing_session).',
      );
    }
    const body = passwordProof(asked, session, owner.password);
    const given = await request('POST', path, { session, body });
    const token = premiseString(given, ['login_token']);
    const first = await tokenLogin(request, token);
    const second = await tokenLogin(request, token);
    const again = await request('POST', path, { session, body: {} });
    return outcomeOf(
      [
        ...expectStatus(asked, 401, {
          code: 'not-asked',
          title: 'Für eine weitere Sitzung wird kein Kennwort verlangt',
        }),
        ...expectEqual(
          first,
          { wanted: owner.userId, got: stringAt(first.json, ['user_id']) },
          { code: 'other-account', title: 'Der Schlüssel für eine weitere Sitzung führt nicht in dasselbe Konto' },
        ),
        ...expectError(
          second,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'usable-twice', title: 'Der Schlüssel für eine weitere Sitzung gilt mehr als einmal' },
        ),
        ...expectStatus(again, 401, {
          code: 'not-asked-again',
          title: 'Für jede weitere Sitzung muss neu gefragt werden; hier wird nicht gefragt',
        }),
        ...(await expiryFindings(tools)),
      ],
      'Kennwort jedes Mal verlangt; der Schlüssel gilt einmal und nur für seine Frist',
    );
  },
});

/** With an account of its own: servers are encouraged to hand out one token a minute. */
async function expiryFindings({ request, account, device, now, waitForSync }: Tools): Promise<Findings> {
  const owner = await account('late', 'ordinary');
  const session = await device(owner);
  const asked = await request('POST', path, { session, body: {} });
  const given = await request('POST', path, { session, body: passwordProof(asked, session, owner.password) });
  const lifetimeMs = numberAt(given.json, ['expires_in_ms']);
  if (lifetimeMs === undefined || lifetimeMs > longestWaitMs) return [];
  const endsAt = now() + lifetimeMs + 500;
  await waitForSync(session, {
    query: { filter: nothing },
    until: () => now() >= endsAt,
    deadlineMs: lifetimeMs + 500,
  });
  const late = await tokenLogin(request, stringAt(given.json, ['login_token']));
  return expectError(
    late,
    { status: 403, errcode: 'M_FORBIDDEN' },
    { code: 'usable-late', title: 'Der Schlüssel für eine weitere Sitzung gilt über seine Frist hinaus' },
  );
}
