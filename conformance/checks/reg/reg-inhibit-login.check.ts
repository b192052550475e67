import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting, withStatus } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';
import { premiseString } from '../../lib/premise.ts';
import { alteringAccount, freshAccount, register } from '../../lib/registration.ts';

const keysOfALogin = ['access_token', 'device_id', 'refresh_token', 'expires_in_ms'];

// Who asks not to be logged in gets an account and nothing else; the account can log in later.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-inhibit-login',
    title: 'Eine Registrierung ohne Anmeldung ergibt kein Gerät und keinen Zugangsschlüssel',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Es wird trotzdem ein Zugangsschlüssel ausgegeben',
      defect: alteringAccount(setting(['access_token'], 'syt_altered')),
      expectFinding: 'logged-in',
    },
    {
      title: 'Es wird trotzdem ein Gerät angelegt',
      defect: alteringAccount(setting(['device_id'], 'GERAET')),
      expectFinding: 'logged-in',
    },
    {
      title: 'Das Konto kann sich später nicht anmelden',
      defect: { when: { method: 'POST', path: loginPath }, alter: withStatus(403) },
      expectFinding: 'login-refused',
    },
  ],
  async run({ request, random }) {
    const account = freshAccount(random);
    const made = await register(request, { ...account, inhibit_login: true, device_id: 'LABNIE' });
    const userId = premiseString(made, ['user_id']);
    const given = keysOfALogin.filter((key) => Object.hasOwn(objectAt(made.json, []), key));
    const login = await passwordLogin(request, userId, account.password);
    return outcomeOf(
      [
        ...expectEqual(
          made,
          { wanted: [], got: given },
          { code: 'logged-in', title: 'Die Antwort enthält Angaben einer Anmeldung, die nicht verlangt war' },
        ),
        ...expectStatus(login, 200, {
          code: 'login-refused',
          title: 'Das ohne Anmeldung registrierte Konto kann sich nicht anmelden',
        }),
      ],
      'Konto ohne Gerät und Zugangsschlüssel angelegt; spätere Anmeldung gelingt',
    );
  },
});
