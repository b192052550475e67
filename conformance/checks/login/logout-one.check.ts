import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { endingOthersToo, livingOn } from '../../lib/session-defects.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';
const devicePath = '/_matrix/client/v3/devices/{deviceId}';

// Logging out ends this session at once and leaves the others alone.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logout
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.logout-one',
    title: 'Abmelden beendet genau diese Sitzung, und zwar sofort',
    requirements: ['SI-13', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3logout'),
  },
  counterexamples: [
    {
      title: 'Der Zugangsschlüssel gilt nach dem Abmelden weiter',
      defect: { when: { path: whoamiPath }, alter: livingOn },
      expectFinding: 'token-still-valid',
    },
    {
      title: 'Auch die andere Sitzung ist beendet',
      defect: { when: { path: whoamiPath }, alter: endingOthersToo },
      expectFinding: 'other-session-ended',
    },
    {
      title: 'Das abgemeldete Gerät ist noch da',
      defect: { when: { path: devicePath }, alter: answering(200, { device_id: 'ABCDEFGHIJ' }) },
      expectFinding: 'device-still-there',
    },
  ],
  async run({ request, account, device, now, poll }) {
    const owner = await account('logout');
    const leaving = await device(owner, 'Pruefstand geht');
    const staying = await device(owner, 'Pruefstand bleibt');
    premise(await request('GET', whoamiPath, { session: leaving }));
    premise(await request('POST', '/_matrix/client/v3/logout', { session: leaving, body: {} }));
    const loggedOutAt = now();
    const gone = await poll({
      ask: () => request('GET', whoamiPath, { session: leaving }),
      until: ({ status }) => status === 401,
      deadlineMs: settlingMs,
    });
    const revocationMs = now() - loggedOutAt;
    const other = await request('GET', whoamiPath, { session: staying });
    const params = { deviceId: leaving.deviceId };
    const old = await request('GET', devicePath, { params, session: staying });
    return outcomeOf(
      [
        ...expectError(
          gone,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          {
            code: 'token-still-valid',
            title: 'Nach dem Abmelden wird der Zugangsschlüssel nicht zurückgewiesen',
          },
        ),
        ...expectStatus(other, 200, {
          code: 'other-session-ended',
          title: 'Das Abmelden beendet auch eine andere Sitzung',
        }),
        ...expectError(
          old,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'device-still-there', title: 'Das abgemeldete Gerät gehört weiter zum Konto' },
        ),
      ],
      `Zugangsschlüssel nach ${revocationMs} ms ungültig (M_UNKNOWN_TOKEN), Gerät entfernt, die zweite Sitzung besteht weiter`,
      { figures: { revocationMs } },
    );
  },
});
