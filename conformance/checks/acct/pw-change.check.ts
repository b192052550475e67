import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { changePassword } from '../../lib/password-change.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';

// A changed password is the only one that opens the account, and whoever changed it goes on working.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpassword
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.pw-change',
    title: 'Nach einer Kennwortänderung gilt nur das neue Kennwort, die eigene Sitzung besteht weiter',
    requirements: ['KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    spec: clause('post_matrixclientv3accountpassword'),
  },
  counterexamples: [
    {
      title: 'Das alte Kennwort gilt weiter',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: onlyNth(1, answering(200, { user_id: '@alice:example.org', access_token: 'a', device_id: 'D' })),
      },
      expectFinding: 'old-password-valid',
    },
    {
      title: 'Das neue Kennwort gilt nicht',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: onlyNth(2, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'new-password-refused',
    },
    {
      title: 'Die eigene Sitzung endet',
      defect: {
        when: { path: whoamiPath },
        alter: answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' }),
      },
      expectFinding: 'own-session-ended',
    },
  ],
  async run({ request, account, device, random }) {
    const owner = await account('change', 'ordinary');
    const session = await device(owner);
    const wanted = `Neu-${random.word(12)}!1A`;
    const changed = await changePassword(request, session, owner, { wanted, logoutDevices: false });
    const withOld = await passwordLogin(request, owner.userId, owner.password);
    const withNew = await passwordLogin(request, owner.userId, wanted);
    const whoami = await request('GET', whoamiPath, { session });
    // The account may belong to somebody who lent it.
    if (withNew.status === 200) await changePassword(request, session, owner, { proof: wanted, logoutDevices: false });
    return outcomeOf(
      [
        ...expectStatus(changed, 200, { code: 'status', title: 'Das Kennwort lässt sich nicht ändern' }),
        ...expectError(
          withOld,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'old-password-valid', title: 'Das alte Kennwort gilt nach der Änderung weiter' },
        ),
        ...expectStatus(withNew, 200, {
          code: 'new-password-refused',
          title: 'Das neue Kennwort gilt nach der Änderung nicht',
        }),
        ...expectStatus(whoami, 200, {
          code: 'own-session-ended',
          title: 'Die Sitzung, in der das Kennwort geändert wurde, endet',
        }),
      ],
      'Altes Kennwort 403, neues angenommen, die eigene Sitzung besteht weiter',
    );
  },
});
