import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { deactivate } from '../../lib/deactivation.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';
import { localpartOf } from '../../lib/password-login.ts';
import { premise } from '../../lib/premise.ts';
import { register, registerPath } from '../../lib/registration.ts';

const availablePath = '/_matrix/client/v3/register/available';

// Nobody takes the name of somebody who left, and with it what colleagues would tell that person.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.deact-reuse',
    title: 'Die Kennung eines geschlossenen Kontos wird nicht wieder vergeben',
    requirements: ['DS-15', 'KO-05'],
    needs: ['lab', 'passwordAccounts', 'passwordLogin', 'disposableAccounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('post_matrixclientv3accountdeactivate'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Kennung gilt wieder als frei',
      defect: { when: { path: availablePath }, alter: answering(200, { available: true }) },
      expectFinding: 'name-free',
    },
    {
      title: 'Das Konto wird neu angelegt',
      defect: {
        when: { path: registerPath },
        alter: (answer, seen) =>
          answer.status === 401 ? answer : answering(200, { user_id: '@alice:example.org' })(answer, seen),
      },
      expectFinding: 'name-given-again',
    },
    {
      title: 'Die Ablehnung nennt den falschen Code',
      defect: { when: { path: availablePath }, alter: setting(['errcode'], 'M_FORBIDDEN') },
      expectFinding: 'name-free',
    },
  ],
  async run({ request, account, device, random }) {
    const owner = await account('reuse', 'ordinary');
    premise(await deactivate(request, { owner, session: await device(owner), erase: false }));
    const username = localpartOf(owner.userId);
    const available = await request('GET', availablePath, { query: { username } });
    const registered = await register(request, { username, password: `Neu-${random.word(12)}!1A` });
    const taken = { status: 400, errcode: 'M_USER_IN_USE' };
    return outcomeOf(
      [
        ...expectError(available, taken, {
          code: 'name-free',
          title: 'Die Kennung eines geschlossenen Kontos gilt als frei',
        }),
        ...expectError(registered, taken, {
          code: 'name-given-again',
          title: 'Die Kennung eines geschlossenen Kontos wird wieder vergeben',
        }),
      ],
      'Verfügbarkeit und Registrierung: 400 mit M_USER_IN_USE',
    );
  },
});
