import type { Account, Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';
const createPath = '/_matrix/client/v3/createRoom';

// What the administration did to an account its owner learns from the server's answer, in words an app understands.
// https://spec.matrix.org/v1.19/client-server-api/#account-locking
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-deactivated',
    title: 'Gesperrte, eingeschränkte und geschlossene Konten erhalten den jeweils vorgesehenen Fehler',
    requirements: ['DS-15', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'disposableAccounts', 'admin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('account-locking'),
  },
  counterexamples: [
    {
      title: 'Das gesperrte Konto ist weiter zu benutzen',
      defect: { when: { path: whoamiPath }, alter: insteadOf(401, answering(200, { user_id: '@alice:example.org' })) },
      expectFinding: 'locked-usable',
    },
    {
      title: 'Die Sperre löscht die Sitzung in der App',
      defect: { when: { path: whoamiPath }, alter: insteadOf(401, setting(['soft_logout'], false)) },
      expectFinding: 'locked-session-lost',
    },
    {
      title: 'Das eingeschränkte Konto legt weiter Räume an',
      defect: { when: { path: createPath }, alter: answering(200, { room_id: '!altered:example.org' }) },
      expectFinding: 'suspended-active',
    },
    {
      title: 'Das geschlossene Konto meldet sich weiter an',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: onlyNth(1, answering(200, { user_id: '@alice:example.org', access_token: 'a', device_id: 'D' })),
      },
      expectFinding: 'closed-usable',
    },
  ],
  async run(tools) {
    const { request, user, account, device, poll } = tools;
    const administrator = await user('admin', 'administrator');
    const owner = await account('deactivated', 'ordinary');
    const session = await device(owner);
    const whoami = (until: number) =>
      poll({
        ask: () => request('GET', whoamiPath, { session }),
        until: ({ status }) => status === until,
        deadlineMs: settlingMs,
      });
    premise(await whoami(200));
    premise(await change(tools, administrator, owner, { locked: true }));
    const locked = await whoami(401);
    premise(await change(tools, administrator, owner, { locked: false }));
    const unlocked = await whoami(200);
    premise(await suspend(tools, administrator, owner));
    const suspended = await poll({
      ask: () => request('POST', createPath, { session, body: {} }),
      until: ({ status }) => status === 403,
      deadlineMs: settlingMs,
    });
    premise(await change(tools, administrator, owner, { deactivated: true }));
    const closed = await passwordLogin(request, owner.userId, owner.password);
    return outcomeOf(
      [
        ...expectError(
          locked,
          { status: 401, errcode: 'M_USER_LOCKED' },
          { code: 'locked-usable', title: 'Ein gesperrtes Konto erhält nicht den vorgesehenen Fehler' },
        ),
        ...expectEqual(
          locked,
          { wanted: true, got: valueAt(locked.json, ['soft_logout']) },
          { code: 'locked-session-lost', title: 'Eine Sperre führt dazu, dass Apps die Sitzung verwerfen' },
        ),
        ...expectStatus(unlocked, 200, {
          code: 'unlocked-unusable',
          title: 'Nach dem Aufheben der Sperre gilt die Sitzung nicht wieder',
        }),
        ...expectError(
          suspended,
          { status: 403, errcode: 'M_USER_SUSPENDED' },
          { code: 'suspended-active', title: 'Ein eingeschränktes Konto erhält nicht den vorgesehenen Fehler' },
        ),
        ...expectError(
          closed,
          { status: 403, errcode: ['M_USER_DEACTIVATED', 'M_FORBIDDEN'] },
          { code: 'closed-usable', title: 'Ein geschlossenes Konto erhält nicht den vorgesehenen Fehler' },
        ),
      ],
      `Gesperrt: 401 mit M_USER_LOCKED, eingeschränkt: 403 mit M_USER_SUSPENDED, geschlossen: 403 mit ${stringAt(closed.json, ['errcode'])}`,
    );
  },
});

function insteadOf(status: number, alter: Alteration): Alteration {
  return (answer, seen) => (answer.status === status ? alter(answer, seen) : answer);
}

/** On the internal port; the operations of the specification for it are newer than most servers. */
function change(
  { request, target }: Tools,
  administrator: Session,
  { userId }: Account,
  body: Readonly<Record<string, boolean>>,
): Promise<Answer> {
  const options = { params: { userId }, session: administrator, body, ...internal(target) };
  return request('PUT', '/_synapse/admin/v2/users/{userId}', options);
}

function suspend({ request, target }: Tools, administrator: Session, { userId }: Account): Promise<Answer> {
  const options = { params: { userId }, session: administrator, body: { suspend: true }, ...internal(target) };
  return request('PUT', '/_synapse/admin/v1/suspend/{userId}', options);
}

const internal = ({ adminUrl }: Tools['target']) => (adminUrl === undefined ? {} : { baseUrl: adminUrl });
