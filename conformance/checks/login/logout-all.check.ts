import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectError, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/logout/all';
const whoamiPath = '/_matrix/client/v3/account/whoami';
const devicesPath = '/_matrix/client/v3/devices';

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
      title: 'Die Geräte stehen weiter in der Geräteliste',
      defect: {
        when: { path: devicesPath },
        alter: (answer, seen) =>
          seen.earlier.length === 0
            ? answer
            : setting(['devices'], arrayAt(seen.earlier[0]?.json, ['devices']))(answer, seen),
      },
      expectFinding: 'device-still-listed',
    },
  ],
  async run({ request, account, device, poll }) {
    const owner = await account('logoutall', 'ordinary');
    const first = await device(owner, 'Pruefstand eins');
    const second = await device(owner, 'Pruefstand zwei');
    for (const session of [first, second]) premise(await request('GET', whoamiPath, { session }));
    const before = premise(await request('GET', devicesPath, { session: first }));
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
    const list = premise(await request('GET', devicesPath, { session: later }));
    const ids = deviceIds(list.json);
    const isClean = [first, second].every(
      ({ deviceId }) => deviceIds(before.json).includes(deviceId) && !ids.includes(deviceId),
    );
    return outcomeOf(
      [
        ...ended.flatMap((answer) =>
          expectError(
            answer,
            { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
            { code: 'session-survived', title: 'Eine Sitzung übersteht das Abmelden aller Geräte' },
          ),
        ),
        ...expectThat(list, isClean, {
          code: 'device-still-listed',
          title: 'Abgemeldete Geräte stehen weiter in der Geräteliste',
          expected: 'nur das danach angemeldete Gerät',
          observed: `${ids.length} Geräte`,
        }),
      ],
      'Beide Zugangsschlüssel ungültig, beide Geräte entfernt',
    );
  },
});

const deviceIds = (json: unknown): readonly (string | undefined)[] =>
  arrayAt(json, ['devices']).map((item) => stringAt(item, ['device_id']));
