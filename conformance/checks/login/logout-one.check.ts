import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';

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
      defect: {
        when: { path: whoamiPath },
        alter: (answer, seen) =>
          answer.status === 401 ? answering(200, { user_id: '@alice:example.org' })(answer, seen) : answer,
      },
      expectFinding: 'token-still-valid',
    },
    {
      title: 'Auch die andere Sitzung ist beendet',
      defect: {
        when: { path: whoamiPath },
        alter: (answer, seen) =>
          seen.earlier.some(({ status }) => status === 401)
            ? answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' })(answer, seen)
            : answer,
      },
      expectFinding: 'other-session-ended',
    },
    {
      title: 'Das abgemeldete Gerät bleibt in der Liste',
      defect: {
        when: { path: '/_matrix/client/v3/devices' },
        alter: (answer, seen) =>
          seen.earlier.length === 0
            ? answer
            : setting(['devices'], valueAt(seen.earlier[0]?.json, ['devices']))(answer, seen),
      },
      expectFinding: 'device-still-listed',
    },
  ],
  async run({ request, account, device, now, poll }) {
    const owner = await account('logout');
    const leaving = await device(owner, 'Pruefstand geht');
    const staying = await device(owner, 'Pruefstand bleibt');
    const listDevices = async () => premise(await request('GET', '/_matrix/client/v3/devices', { session: staying }));
    premise(await request('GET', whoamiPath, { session: leaving }));
    const before = deviceIds((await listDevices()).json);
    premise(await request('POST', '/_matrix/client/v3/logout', { session: leaving, body: {} }));
    const loggedOutAt = now();
    const gone = await poll({
      ask: () => request('GET', whoamiPath, { session: leaving }),
      until: ({ status }) => status === 401,
      deadlineMs: settlingMs,
    });
    const revocationMs = now() - loggedOutAt;
    const other = await request('GET', whoamiPath, { session: staying });
    const list = await listDevices();
    const isGone = before.includes(leaving.deviceId) && !deviceIds(list.json).includes(leaving.deviceId);
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
        ...expectThat(list, isGone, {
          code: 'device-still-listed',
          title: 'Das abgemeldete Gerät steht weiter in der Geräteliste',
          expected: 'eine Geräteliste ohne das abgemeldete Gerät',
          observed: `${deviceIds(list.json).length} Geräte nach ${before.length} vorher`,
        }),
      ],
      `Zugangsschlüssel nach ${revocationMs} ms ungültig (M_UNKNOWN_TOKEN), Gerät entfernt, die zweite Sitzung besteht weiter`,
      { figures: { revocationMs } },
    );
  },
});

const deviceIds = (json: unknown): readonly unknown[] =>
  arrayAt(json, ['devices']).map((item) => valueAt(item, ['device_id']));
