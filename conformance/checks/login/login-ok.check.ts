import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, type Findings } from '../../lib/match.ts';
import { localpartOf, loginPath, passwordLogin } from '../../lib/password-login.ts';
import type { Tools } from '../../lib/tools.ts';

// A person logs in with the full id or its local part, becomes that account and may act as it.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-ok',
    title: 'Die Anmeldung mit Kennwort gelingt mit vollständiger Kennung und mit Kurznamen',
    requirements: ['KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    spec: clause('post_matrixclientv3login'),
  },
  counterexamples: [
    {
      title: 'Die Anmeldung führt in ein fremdes Konto',
      defect: { when: { method: 'POST', path: loginPath }, alter: setting(['user_id'], '@fremd:example.org') },
      expectFinding: 'other-account',
    },
    {
      title: 'Der erhaltene Zugangsschlüssel gilt nicht',
      defect: {
        when: { path: '/_matrix/client/v3/account/whoami' },
        alter: answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' }),
      },
      expectFinding: 'token-refused',
    },
    {
      title: 'Der Zugangsschlüssel gehört jemand anderem',
      defect: {
        when: { path: '/_matrix/client/v3/account/whoami' },
        alter: setting(['user_id'], '@mallory:example.org'),
      },
      expectFinding: 'token-of-another',
    },
  ],
  async run(tools) {
    const { userId, password } = await tools.account('login', 'ordinary');
    for (const name of [userId, localpartOf(userId)]) {
      const findings = await loginFindings(tools, { name, userId, password });
      if (findings.length > 0) return outcomeOf(findings, '');
    }
    return outcomeOf([], 'Anmeldung mit vollständiger Kennung und mit Kurznamen gelungen, die Zugangsschlüssel gelten');
  },
});

interface Attempt {
  readonly name: string;
  readonly userId: string;
  readonly password: string | undefined;
}

async function loginFindings({ request }: Tools, { name, userId, password }: Attempt): Promise<Findings> {
  const login = await passwordLogin(request, name, password);
  const accessToken = stringAt(login.json, ['access_token']);
  const refused = expectStatus(login, 200, {
    code: 'login-refused',
    title: 'Die Anmeldung mit richtigem Kennwort misslingt',
  });
  if (accessToken === undefined) return refused;
  const whoami = await request('GET', '/_matrix/client/v3/account/whoami', { session: { accessToken } });
  return [
    ...refused,
    ...expectEqual(
      login,
      { wanted: userId, got: stringAt(login.json, ['user_id']) },
      {
        code: 'other-account',
        title: 'Die Anmeldung nennt ein anderes Konto',
      },
    ),
    ...expectStatus(whoami, 200, {
      code: 'token-refused',
      title: 'Der bei der Anmeldung erhaltene Zugangsschlüssel gilt nicht',
    }),
    ...expectEqual(
      whoami,
      { wanted: stringAt(login.json, ['device_id']), got: stringAt(whoami.json, ['device_id']) },
      {
        code: 'other-device',
        title: 'Der Zugangsschlüssel gehört zu einem anderen Gerät als bei der Anmeldung genannt',
      },
    ),
    ...expectEqual(
      whoami,
      { wanted: userId, got: stringAt(whoami.json, ['user_id']) },
      {
        code: 'token-of-another',
        title: 'Der Zugangsschlüssel gehört zu einem anderen Konto',
      },
    ),
  ];
}
