import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, withStatus } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';
import { register, registerPath } from '../../lib/registration.ts';

// Passwords are text: umlauts, other scripts and emoji count, and leaving them out is another password.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-nonascii-pw',
    title: 'Ein Kennwort mit Umlauten, fremden Schriften und Emoji wird angenommen und gilt bei der Anmeldung',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Registrierung lehnt das Kennwort ab',
      defect: {
        when: { method: 'POST', path: registerPath },
        alter: onlyNth(2, answering(400, { errcode: 'M_WEAK_PASSWORD', error: 'altered' })),
      },
      expectFinding: 'password-refused',
    },
    {
      title: 'Die Anmeldung mit dem Kennwort misslingt',
      defect: { when: { method: 'POST', path: loginPath }, alter: onlyNth(1, withStatus(403)) },
      expectFinding: 'login-refused',
    },
    {
      title: 'Andere Zeichen an derselben Stelle gelten auch',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: (answer, { earlier }) => (earlier.length === 1 ? (earlier[0] ?? answer) : answer),
      },
      expectFinding: 'other-password-accepted',
    },
  ],
  async run({ request, random }) {
    const username = `lab-${random.word(10)}`;
    const ending = `${random.word(6)}A1!`;
    const password = `Prüfgeschäft-密码-😀-${ending}`;
    const made = await register(request, { username, password, inhibit_login: true });
    const refused = expectStatus(made, 200, {
      code: 'password-refused',
      title: 'Ein Kennwort mit Zeichen außerhalb von ASCII wird bei der Registrierung abgelehnt',
    });
    if (refused.length > 0) return outcomeOf(refused, '');
    const right = await passwordLogin(request, username, password);
    const wrong = await passwordLogin(request, username, `Pr?fgesch?ft-??-?-${ending}`);
    return outcomeOf(
      [
        ...expectStatus(right, 200, {
          code: 'login-refused',
          title: 'Die Anmeldung mit einem Kennwort außerhalb von ASCII misslingt',
        }),
        ...expectError(
          wrong,
          { status: 403, errcode: 'M_FORBIDDEN' },
          {
            code: 'other-password-accepted',
            title: 'Ein Kennwort mit anderen Zeichen an derselben Stelle gilt ebenfalls',
          },
        ),
      ],
      'Kennwort mit Umlauten, chinesischen Zeichen und Emoji angenommen und bei der Anmeldung unterschieden',
    );
  },
});
