import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { localpartOf, loginPath, passwordLogin } from '../../lib/password-login.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';

// Telephones write the first letter large; the person still gets into the own account and into no other.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-upper',
    title: 'Die Anmeldung gelingt auch mit groß geschriebenem Kurznamen',
    requirements: ['KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    spec: clause('post_matrixclientv3login'),
  },
  counterexamples: [
    {
      title: 'Der groß geschriebene Name wird nicht erkannt',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }),
      },
      expectFinding: 'upper-refused',
    },
    {
      title: 'Die Anmeldung nennt das Konto in anderer Schreibweise',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: (answer, seen) => setting(['user_id'], stringAt(answer.json, ['user_id'])?.toUpperCase())(answer, seen),
      },
      expectFinding: 'other-account',
    },
    {
      title: 'Der Zugangsschlüssel gehört zu einem anderen Konto',
      defect: { when: { path: whoamiPath }, alter: setting(['user_id'], '@fremd:example.org') },
      expectFinding: 'other-owner',
    },
  ],
  async run({ request, account }) {
    const { userId, password } = await account('upper', 'ordinary');
    const login = await passwordLogin(request, localpartOf(userId).toUpperCase(), password);
    const accessToken = stringAt(login.json, ['access_token']);
    const refused = expectStatus(login, 200, {
      code: 'upper-refused',
      title: 'Die Anmeldung mit groß geschriebenem Kurznamen misslingt',
    });
    if (accessToken === undefined) return outcomeOf(refused, '');
    const whoami = await request('GET', whoamiPath, { session: { accessToken } });
    return outcomeOf(
      [
        ...refused,
        ...expectEqual(
          login,
          { wanted: userId, got: stringAt(login.json, ['user_id']) },
          { code: 'other-account', title: 'Die Anmeldung mit groß geschriebenem Kurznamen nennt ein anderes Konto' },
        ),
        ...expectEqual(
          whoami,
          { wanted: userId, got: stringAt(whoami.json, ['user_id']) },
          { code: 'other-owner', title: 'Der erhaltene Zugangsschlüssel gehört zu einem anderen Konto' },
        ),
      ],
      'Anmeldung führt in das klein geschriebene Konto',
    );
  },
});
