import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { changePassword } from '../../lib/password-change.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { endingOthersToo, livingOn } from '../../lib/session-defects.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';

// Whoever changes a stolen password throws the thief out; whoever only renews it may keep all devices.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpassword
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.pw-logout-devices',
    title: 'Eine Kennwortänderung beendet andere Sitzungen, außer wenn das abgewählt ist',
    requirements: ['SI-13', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountpassword'),
  },
  counterexamples: [
    {
      title: 'Trotz Abwahl endet die andere Sitzung',
      defect: {
        when: { path: whoamiPath },
        alter: onlyNth(1, answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' })),
      },
      expectFinding: 'ended-although-kept',
    },
    {
      title: 'Die andere Sitzung überlebt die Änderung',
      defect: { when: { path: whoamiPath }, alter: livingOn },
      expectFinding: 'session-survived',
    },
    {
      title: 'Auch die eigene Sitzung endet',
      defect: { when: { path: whoamiPath }, alter: endingOthersToo },
      expectFinding: 'own-session-ended',
    },
  ],
  async run({ request, account, device, poll }) {
    const owner = await account('logoutdevices', 'ordinary');
    const own = await device(owner, 'Pruefstand bleibt');
    const other = await device(owner, 'Pruefstand geht');
    premise(await changePassword(request, own, owner, { logoutDevices: false }));
    const kept = await request('GET', whoamiPath, { session: other });
    premise(await changePassword(request, own, owner));
    const ended = await poll({
      ask: () => request('GET', whoamiPath, { session: other }),
      until: ({ status }) => status === 401,
      deadlineMs: settlingMs,
    });
    const self = await request('GET', whoamiPath, { session: own });
    return outcomeOf(
      [
        ...expectStatus(kept, 200, {
          code: 'ended-although-kept',
          title: 'Eine Kennwortänderung beendet eine Sitzung, die bleiben sollte',
        }),
        ...expectError(
          ended,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'session-survived', title: 'Eine andere Sitzung übersteht die Kennwortänderung' },
        ),
        ...expectStatus(self, 200, {
          code: 'own-session-ended',
          title: 'Die Sitzung, in der das Kennwort geändert wurde, endet',
        }),
      ],
      'Abgewählt: die andere Sitzung bleibt; ohne Abwahl endet sie, die eigene bleibt',
    );
  },
});
