import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/logout/all';
const whoamiPath = '/_matrix/client/v3/account/whoami';
const devicePath = '/_matrix/client/v3/devices/{deviceId}';

// Whoever lost control of the account ends every session at once, also those on devices out of reach.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logoutall
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.logout-all',
    title: 'Das Abmelden aller Geräte beendet jede Sitzung des Kontos',
    requirements: ['SI-13', 'KO-05'],
    // An account whose only token was given cannot log in again afterwards.
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3logoutall'),
  },
  counterexamples: [
    {
      title: 'Ein Gerät bleibt angemeldet',
      defect: {
        when: { path: whoamiPath },
        alter: (answer, seen) =>
          seen.earlier.some(({ status }) => status === 401)
            ? answering(200, { user_id: '@alice:example.org' })(answer, seen)
            : answer,
      },
      expectFinding: 'session-survived',
    },
    {
      title: 'Der Fehlercode ist nicht der vorgesehene',
      defect: {
        when: { path: whoamiPath },
        alter: (answer, seen) => (answer.status === 401 ? setting(['errcode'], 'M_FORBIDDEN')(answer, seen) : answer),
      },
      expectFinding: 'session-survived',
    },
    {
      title: 'Ein Gerät ist nach dem Abmelden noch da',
      defect: { when: { path: devicePath }, alter: answering(200, { device_id: 'ABCDEFGHIJ' }) },
      expectFinding: 'device-still-there',
    },
  ],
  async run({ request, account, device, poll }) {
    const owner = await account('logoutall', 'ordinary');
    const first = await device(owner, 'Pruefstand eins');
    const second = await device(owner, 'Pruefstand zwei');
    for (const session of [first, second]) premise(await request('GET', whoamiPath, { session }));
    premise(await request('POST', path, { session: first, body: {} }));
    const ended = [];
    for (const session of [first, second]) {
      ended.push(
        await poll({
          ask: () => request('GET', whoamiPath, { session }),
          until: ({ status }) => status === 401,
          deadlineMs: settlingMs,
        }),
      );
    }
    const later = await device(owner, 'Pruefstand danach');
    const gone = [];
    for (const { deviceId } of [first, second]) {
      gone.push(await request('GET', devicePath, { params: { deviceId }, session: later }));
    }
    return outcomeOf(
      [
        ...ended.flatMap((answer) =>
          expectError(
            answer,
            { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
            { code: 'session-survived', title: 'Eine Sitzung übersteht das Abmelden aller Geräte' },
          ),
        ),
        ...gone.flatMap((answer) =>
          expectError(
            answer,
            { status: 404, errcode: 'M_NOT_FOUND' },
            { code: 'device-still-there', title: 'Ein abgemeldetes Gerät gehört weiter zum Konto' },
          ),
        ),
      ],
      'Beide Zugangsschlüssel ungültig, beide Geräte entfernt',
    );
  },
});
