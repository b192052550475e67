import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { numberAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectThat, shown } from '../../lib/match.ts';
import { passwordLogin } from '../../lib/password-login.ts';
import { premise, premiseString } from '../../lib/premise.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';
const refreshPath = '/_matrix/client/v3/refresh';
/** How much later than announced an access token may end. */
const slackMs = 4_000;

// A session ends when it was announced to; that is no logout: the device stays and the session can be renewed.
// https://spec.matrix.org/v1.19/client-server-api/#soft-logout
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.token-expiry',
    title: 'Ein Zugangsschlüssel endet zur genannten Zeit, das Gerät bleibt und lässt sich wieder anmelden',
    requirements: ['SI-13', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    waits: 'Ein Zugangsschlüssel muss ablaufen.',
    spec: clause('soft-logout'),
  },
  variant: 'limited',
  counterexamples: [
    {
      title: 'Der Zugangsschlüssel gilt weiter',
      defect: { when: { path: whoamiPath }, alter: answering(200, { user_id: '@altered:example.org' }) },
      expectFinding: 'not-expired',
    },
    {
      title: 'Das Ablaufen sieht wie eine Abmeldung aus',
      defect: {
        when: { path: whoamiPath },
        alter: (answer, seen) => (answer.status === 401 ? setting(['soft_logout'], false)(answer, seen) : answer),
      },
      expectFinding: 'hard-logout',
    },
    {
      title: 'Die Erneuerung führt zu einem anderen Gerät',
      defect: {
        when: { path: whoamiPath },
        alter: (answer, seen) =>
          seen.earlier.some(({ status }) => status === 401)
            ? setting(['device_id'], 'ANDERESGERAET')(answer, seen)
            : answer,
      },
      expectFinding: 'other-device',
    },
  ],
  async run({ request, account, poll }) {
    const { userId, password } = await account('expiry', 'ordinary');
    const login = premise(await passwordLogin(request, userId, password, { refresh_token: true }));
    const accessToken = premiseString(login, ['access_token']);
    const lifetimeMs = numberAt(login.json, ['expires_in_ms']) ?? 0;
    const ended = await poll({
      ask: () => request('GET', whoamiPath, { session: { accessToken } }),
      until: ({ status }) => status === 401,
      deadlineMs: lifetimeMs + slackMs,
    });
    const body = { refresh_token: premiseString(login, ['refresh_token']) };
    const renewed = await request('POST', refreshPath, { body });
    const renewedToken = premiseString(renewed, ['access_token']);
    const whoami = await request('GET', whoamiPath, { session: { accessToken: renewedToken } });
    return outcomeOf(
      [
        ...expectError(
          ended,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'not-expired', title: 'Der Zugangsschlüssel gilt über die genannte Zeit hinaus' },
        ),
        ...expectThat(ended, valueAt(ended.json, ['soft_logout']) === true, {
          code: 'hard-logout',
          title: 'Ein abgelaufener Zugangsschlüssel wird nicht als solcher kenntlich gemacht',
          expected: 'soft_logout: true',
          observed: shown(valueAt(ended.json, ['soft_logout'])),
        }),
        ...expectEqual(
          whoami,
          {
            wanted: [userId, stringAt(login.json, ['device_id'])],
            got: [stringAt(whoami.json, ['user_id']), stringAt(whoami.json, ['device_id'])],
          },
          { code: 'other-device', title: 'Nach dem Ablaufen wird ein anderes Gerät erneuert' },
        ),
      ],
      `Zugangsschlüssel nach ${lifetimeMs} ms abgelaufen, mit soft_logout; dasselbe Gerät erneuert`,
    );
  },
});
