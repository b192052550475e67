import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, shown } from '../../lib/match.ts';
import { alteringAccount, freshAccount, register } from '../../lib/registration.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';

// Where everybody may register, the account has the name that was asked for, and its token is the one of its device.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-create',
    title: 'Wer sich registriert, erhält das gewünschte Konto mit Gerät und gültigem Zugangsschlüssel',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das Konto trägt einen anderen Namen als gewünscht',
      defect: alteringAccount(setting(['user_id'], '@andere:example.org')),
      expectFinding: 'other-name',
    },
    {
      title: 'Der Zugangsschlüssel gehört zu einem anderen Konto',
      defect: { when: { path: whoamiPath }, alter: setting(['user_id'], '@andere:example.org') },
      expectFinding: 'other-account',
    },
    {
      title: 'Der Zugangsschlüssel gehört zu einem anderen Gerät',
      defect: { when: { path: whoamiPath }, alter: setting(['device_id'], 'ANDERESGERAET') },
      expectFinding: 'other-device',
    },
  ],
  async run({ request, random, target }) {
    const account = freshAccount(random);
    const made = await register(request, account);
    const accessToken = stringAt(made.json, ['access_token']);
    const refused = expectStatus(made, 200, { code: 'refused', title: 'Die offene Registrierung misslingt' });
    if (accessToken === undefined) return outcomeOf(refused, 'Kein Zugangsschlüssel genannt');
    const whoami = await request('GET', whoamiPath, { session: { accessToken } });
    const userId = stringAt(made.json, ['user_id']);
    return outcomeOf(
      [
        ...refused,
        ...expectThat(made, userId?.includes(account.username) === true && userId.endsWith(`:${target.serverName}`), {
          code: 'other-name',
          title: 'Das neue Konto trägt nicht den gewünschten Namen',
          expected: `eine Kennung von ${target.serverName} mit ${account.username}`,
          observed: shown(userId),
        }),
        ...expectEqual(
          whoami,
          { wanted: userId, got: stringAt(whoami.json, ['user_id']) },
          { code: 'other-account', title: 'Der Zugangsschlüssel gehört nicht zum neuen Konto' },
        ),
        ...expectEqual(
          whoami,
          { wanted: stringAt(made.json, ['device_id']), got: stringAt(whoami.json, ['device_id']) },
          { code: 'other-device', title: 'Der Zugangsschlüssel gehört nicht zum genannten Gerät' },
        ),
      ],
      'Konto mit dem gewünschten Namen, einem Gerät und gültigem Zugangsschlüssel angelegt',
    );
  },
});
