import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';
import { localpartOf } from '../../lib/password-login.ts';
import { premiseString } from '../../lib/premise.ts';
import { freshAccount, register, registerPath } from '../../lib/registration.ts';

const when = { method: 'POST', path: registerPath };

// A taken name and one reserved for an application service are refused before the person is led through registration.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-dup',
    title: 'Vergebene und für Dienste vorbehaltene Namen werden bei der Registrierung sofort abgelehnt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Ein vergebener Name wird erst einmal angeboten',
      defect: {
        when,
        alter: (answer, seen) =>
          answer.status === 400 && seen.earlier.length === 2
            ? answering(401, { session: 'abc', flows: [{ stages: ['m.login.dummy'] }], params: {} })(answer, seen)
            : answer,
      },
      expectFinding: 'taken-name-offered',
    },
    {
      title: 'Ein vorbehaltener Name wird mit einem anderen Fehler abgelehnt',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.earlier.length === 3 ? setting(['errcode'], 'M_USER_IN_USE')(answer, seen) : answer,
      },
      expectFinding: 'reserved-name-offered',
    },
  ],
  async run({ request, random, surroundings }) {
    const account = freshAccount(random);
    const { password } = account;
    const userId = premiseString(await register(request, { ...account, inhibit_login: true }), ['user_id']);
    const again = await request('POST', registerPath, { body: { username: localpartOf(userId), password } });
    const reserved = `${surroundings().applicationService.prefix}${random.word(8)}`;
    const exclusive = await request('POST', registerPath, { body: { username: reserved, password } });
    return outcomeOf(
      [
        ...expectError(
          again,
          { status: 400, errcode: 'M_USER_IN_USE' },
          { code: 'taken-name-offered', title: 'Ein vergebener Name wird nicht sofort abgelehnt' },
        ),
        ...expectError(
          exclusive,
          { status: 400, errcode: 'M_EXCLUSIVE' },
          {
            code: 'reserved-name-offered',
            title: 'Ein für einen Dienst vorbehaltener Name wird nicht sofort abgelehnt',
          },
        ),
      ],
      'Vergebener Name: 400 mit M_USER_IN_USE; vorbehaltener Name: 400 mit M_EXCLUSIVE',
    );
  },
});
