import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { deactivate, deactivatePath } from '../../lib/deactivation.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';

// Whoever left gets in no more, neither with an open session nor with the password.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.deact-ok',
    title: 'Ein geschlossenes Konto ist weder mit offener Sitzung noch mit Kennwort zu benutzen',
    requirements: ['DS-15', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'disposableAccounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountdeactivate'),
  },
  counterexamples: [
    {
      title: 'Das Konto lässt sich nicht schließen',
      defect: {
        when: { path: deactivatePath },
        alter: onlyNth(2, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'not-closed',
    },
    {
      title: 'Die offene Sitzung gilt weiter',
      defect: { when: { path: whoamiPath }, alter: answering(200, { user_id: '@alice:example.org' }) },
      expectFinding: 'session-survived',
    },
    {
      title: 'Die Anmeldung mit Kennwort gelingt weiter',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: answering(200, { user_id: '@alice:example.org', access_token: 'a', device_id: 'D' }),
      },
      expectFinding: 'login-possible',
    },
  ],
  async run({ request, account, device, poll }) {
    const owner = await account('close', 'ordinary');
    const session = await device(owner);
    premise(await request('GET', whoamiPath, { session }));
    const closed = await deactivate(request, { owner, session, erase: false });
    const whoami = await poll({
      ask: () => request('GET', whoamiPath, { session }),
      until: ({ status }) => status === 401,
      deadlineMs: settlingMs,
    });
    const login = await passwordLogin(request, owner.userId, owner.password);
    return outcomeOf(
      [
        ...expectStatus(closed, 200, { code: 'not-closed', title: 'Das Konto lässt sich nicht schließen' }),
        ...expectError(
          whoami,
          { status: 401, errcode: ['M_UNKNOWN_TOKEN', 'M_USER_DEACTIVATED'] },
          { code: 'session-survived', title: 'Die Sitzung eines geschlossenen Kontos gilt weiter' },
        ),
        ...expectError(
          login,
          { status: 403, errcode: ['M_USER_DEACTIVATED', 'M_FORBIDDEN'] },
          { code: 'login-possible', title: 'Die Anmeldung in ein geschlossenes Konto wird nicht abgelehnt' },
        ),
      ],
      'Sitzung beendet, Anmeldung mit Kennwort 403',
    );
  },
});
