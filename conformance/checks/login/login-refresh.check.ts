import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus, expectThat } from '../../lib/match.ts';
import { passwordLogin } from '../../lib/password-login.ts';
import { premise, premiseString } from '../../lib/premise.ts';

const path = '/_matrix/client/v3/refresh';
const whoamiPath = '/_matrix/client/v3/account/whoami';

// A session is renewed without the password. Until what was handed out is used, asking again is allowed; afterwards it is not.
// https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-refresh',
    title: 'Eine Sitzung lässt sich erneuern; ein abgelöster Erneuerungsschlüssel gilt danach nicht mehr',
    requirements: ['KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    spec: clause('refreshing-access-tokens'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der erneuerte Zugangsschlüssel gehört zu einem anderen Gerät',
      defect: { when: { path: whoamiPath }, alter: setting(['device_id'], 'ANDERESGERAET') },
      expectFinding: 'other-session',
    },
    {
      title: 'Eine Wiederholung vor der ersten Benutzung wird abgelehnt',
      defect: {
        when: { method: 'POST', path },
        alter: onlyNth(2, answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' })),
      },
      expectFinding: 'repetition-refused',
    },
    {
      title: 'Ein abgelöster Erneuerungsschlüssel gilt weiter',
      defect: { when: { method: 'POST', path }, alter: onlyNth(3, answering(200, { access_token: 'altered' })) },
      expectFinding: 'old-token-accepted',
    },
  ],
  async run({ request, account, random }) {
    const { userId, password } = await account('refresh', 'ordinary');
    const login = premise(await passwordLogin(request, userId, password, { refresh_token: true }));
    const token = stringAt(login.json, ['refresh_token']);
    if (token === undefined)
      return notApplicable('Der Server gibt keine Erneuerungsschlüssel aus (refreshable_access_token_lifetime).');
    const refresh = (refresh_token: string) => request('POST', path, { body: { refresh_token } });
    const renewed = await refresh(token);
    const repeated = await refresh(token);
    const repetition = expectStatus(repeated, 200, {
      code: 'repetition-refused',
      title: 'Der alte Erneuerungsschlüssel gilt schon nicht mehr, obwohl der neue noch nicht benutzt wurde',
    });
    if (repetition.length > 0) return outcomeOf(repetition, '');
    premise(renewed);
    const accessToken = premiseString(repeated, ['access_token']);
    const whoami = await request('GET', whoamiPath, { session: { accessToken } });
    const old = await refresh(token);
    const unknown = await refresh(`syr_${random.word(20)}`);
    return outcomeOf(
      [
        ...expectEqual(
          whoami,
          {
            wanted: [userId, stringAt(login.json, ['device_id'])],
            got: [stringAt(whoami.json, ['user_id']), stringAt(whoami.json, ['device_id'])],
          },
          { code: 'other-session', title: 'Der erneuerte Zugangsschlüssel gehört nicht zur selben Sitzung' },
        ),
        ...expectThat(old, old.status !== 200, {
          code: 'old-token-accepted',
          title: 'Ein abgelöster Erneuerungsschlüssel gilt weiter',
          expected: 'eine Ablehnung',
          observed: `Status ${old.status}`,
        }),
        ...expectError(
          old,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          {
            code: 'old-token-refusal',
            title: 'Ein abgelöster Erneuerungsschlüssel wird mit falschem Fehler abgelehnt',
          },
        ),
        ...expectError(
          unknown,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'unknown-token', title: 'Ein unbekannter Erneuerungsschlüssel wird nicht wie vorgesehen abgelehnt' },
        ),
      ],
      'Sitzung erneuert; der alte Erneuerungsschlüssel gilt nach Benutzung des neuen nicht mehr',
    );
  },
});
