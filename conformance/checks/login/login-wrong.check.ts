import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';

// A wrong password and an unknown account are refused alike, so that nobody learns who has an account.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-wrong',
    title: 'Falsches Kennwort und unbekanntes Konto werden ununterscheidbar abgelehnt',
    requirements: ['KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    spec: clause('post_matrixclientv3login'),
  },
  counterexamples: [
    {
      title: 'Der Text verrät, dass es das Konto nicht gibt',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: onlyNth(2, setting(['error'], 'User not found')),
      },
      expectFinding: 'distinguishable',
    },
    {
      title: 'Der Fehlercode ist nicht der vorgesehene',
      defect: { when: { method: 'POST', path: loginPath }, alter: setting(['errcode'], 'M_UNKNOWN') },
      expectFinding: 'not-forbidden',
    },
  ],
  async run({ request, account, random }) {
    const { userId } = await account('wrong', 'ordinary');
    const unknown = `@pruefstand-${random.word(10)}:${userId.split(':').slice(1).join(':')}`;
    const wrongPassword = await passwordLogin(request, userId, `Falsch-${random.word(12)}!`);
    const unknownUser = await passwordLogin(request, unknown, `Falsch-${random.word(12)}!`);
    const forbidden = {
      code: 'not-forbidden',
      title: 'Eine falsche Anmeldung wird nicht mit dem vorgesehenen Fehler abgelehnt',
    };
    return outcomeOf(
      [
        ...expectError(wrongPassword, { status: 403, errcode: 'M_FORBIDDEN' }, forbidden),
        ...expectError(unknownUser, { status: 403, errcode: 'M_FORBIDDEN' }, forbidden),
        ...expectEqual(
          unknownUser,
          { wanted: wrongPassword.json, got: unknownUser.json },
          {
            code: 'distinguishable',
            title: 'Die Ablehnung verrät, ob es das Konto gibt',
          },
        ),
      ],
      'Beide Male 403 mit M_FORBIDDEN und demselben Text',
    );
  },
});
