import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectThat, shown } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { registerPath } from '../../lib/registration.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';
const turnPath = '/_matrix/client/v3/voip/turnServer';

// A guest gets an account that is known as one, with a device the server chose, and may do little.
// https://spec.matrix.org/v1.19/client-server-api/#guest-access
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.guest-account',
    title: 'Ein Gastkonto ist als solches kenntlich, und was Gästen verschlossen ist, bleibt es',
    requirements: ['SI-08', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('guest-access'),
    rows: ['reg-guest'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das Gastkonto gilt als gewöhnliches Konto',
      defect: { when: { path: whoamiPath }, alter: setting(['is_guest'], false) },
      expectFinding: 'not-a-guest',
    },
    {
      title: 'Das Gerät trägt die Kennung, die der Gast verlangte',
      defect: { when: { path: registerPath }, alter: setting(['device_id'], 'GASTGERAET') },
      expectFinding: 'own-device-id',
    },
    {
      title: 'Ein Gast darf Zugangsdaten für Anrufe abrufen',
      defect: { when: { path: turnPath }, alter: answering(200, {}) },
      expectFinding: 'calls-open',
    },
  ],
  async run({ request, random }) {
    const body = { username: `lab-${random.word(10)}`, device_id: 'GASTGERAET' };
    const made = premise(await request('POST', registerPath, { query: { kind: 'guest' }, body }));
    const userId = premiseString(made, ['user_id']);
    const session = { accessToken: premiseString(made, ['access_token']) };
    const whoami = await request('GET', whoamiPath, { session });
    const turn = await request('GET', turnPath, { session });
    const deviceId = stringAt(made.json, ['device_id']);
    return outcomeOf(
      [
        ...expectEqual(
          whoami,
          { wanted: [userId, true], got: [stringAt(whoami.json, ['user_id']), valueAt(whoami.json, ['is_guest'])] },
          { code: 'not-a-guest', title: 'Ein Gastkonto ist nicht als solches kenntlich' },
        ),
        ...expectThat(made, deviceId !== undefined && deviceId !== body.device_id && !userId.includes(body.username), {
          code: 'own-device-id',
          title: 'Ein Gast bestimmt seine Kennung oder sein Gerät selbst',
          expected: 'Kennung und Gerät nach Wahl des Servers',
          observed: `${userId}, Gerät ${shown(deviceId)}`,
        }),
        ...expectError(
          turn,
          { status: 403, errcode: 'M_GUEST_ACCESS_FORBIDDEN' },
          { code: 'calls-open', title: 'Ein Gast erhält Zugangsdaten für Anrufe' },
        ),
      ],
      'Gastkonto kenntlich, Kennung und Gerät vom Server gewählt, Zugangsdaten für Anrufe verweigert',
    );
  },
});
