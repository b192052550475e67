import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { premiseString } from '../../lib/premise.ts';
import { completeRegistration, freshAccount, registerPath, registrationSession } from '../../lib/registration.ts';

const when = { method: 'POST', path: registerPath };

// A client that did not get the answer asks again: the same session leads to the same account, with what was wanted first.
// https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-idempotent',
    title: 'Eine wiederholte Registrierung derselben Sitzung führt zum selben Konto',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('user-interactive-authentication-api'),
    standing: 'informative',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Wünsche der ersten Anfrage sind vergessen',
      defect: { when, alter: onlyNth(2, setting(['user_id'], '@1:example.org')) },
      expectFinding: 'wish-forgotten',
    },
    {
      title: 'Die Wiederholung legt ein weiteres Konto an',
      defect: { when, alter: onlyNth(3, setting(['user_id'], '@zweites:example.org')) },
      expectFinding: 'second-account',
    },
  ],
  async run({ request, random, target }) {
    const account = freshAccount(random);
    const session = await registrationSession(request, account);
    const made = await completeRegistration(request, {}, session);
    const userId = premiseString(made, ['user_id']);
    const again = await completeRegistration(request, {}, session);
    return outcomeOf(
      [
        ...expectEqual(
          made,
          { wanted: `@${account.username}:${target.serverName}`, got: userId },
          { code: 'wish-forgotten', title: 'Der zuerst gewünschte Name gilt am Ende der Sitzung nicht mehr' },
        ),
        ...expectStatus(again, 200, {
          code: 'repetition-refused',
          title: 'Die Wiederholung einer gelungenen Registrierung wird abgelehnt',
        }),
        ...expectEqual(
          again,
          { wanted: userId, got: stringAt(again.json, ['user_id']) },
          { code: 'second-account', title: 'Die Wiederholung einer Registrierung führt zu einem anderen Konto' },
        ),
      ],
      'Name aus der ersten Anfrage behalten; die Wiederholung nennt dasselbe Konto',
    );
  },
});
