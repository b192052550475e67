import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';
import { premise, premiseString } from '../../lib/premise.ts';

const devicePath = '/_matrix/client/v3/devices/{deviceId}';

// An app that comes back keeps its device; a new one gets a device of its own.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-device',
    title: 'Bei der Anmeldung bleiben die gewünschte Gerätekennung und der Gerätename erhalten',
    requirements: ['KO-05', 'SI-13'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 180_000,
    spec: clause('post_matrixclientv3login'),
  },
  counterexamples: [
    {
      title: 'Die gewünschte Gerätekennung wird ersetzt',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: (answer, seen) => (seen.earlier.length === 0 ? setting(['device_id'], 'ANDERES')(answer, seen) : answer),
      },
      expectFinding: 'device-replaced',
    },
    {
      title: 'Der Gerätename geht verloren',
      defect: { when: { path: devicePath }, alter: setting(['display_name'], null) },
      expectFinding: 'name-lost',
    },
    {
      title: 'Ohne Wunsch wird ein vorhandenes Gerät vergeben',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: (answer, seen) =>
          setting(['device_id'], stringAt(seen.earlier[0]?.json ?? answer.json, ['device_id']))(answer, seen),
      },
      expectFinding: 'device-not-new',
    },
  ],
  async run({ request, account, random }) {
    const { userId, password } = await account('device', 'ordinary');
    const deviceId = `PRUEFSTAND${random.word(8)}`;
    const name = `Pruefstand ${random.word(8)}`;
    const wished = await passwordLogin(request, userId, password, {
      device_id: deviceId,
      initial_device_display_name: name,
    });
    const accessToken = premiseString(wished, ['access_token']);
    const unwished = premise(await passwordLogin(request, userId, password));
    const device = await request('GET', devicePath, { params: { deviceId }, session: { accessToken } });
    const given = stringAt(unwished.json, ['device_id']);
    return outcomeOf(
      [
        ...expectEqual(
          wished,
          { wanted: deviceId, got: stringAt(wished.json, ['device_id']) },
          { code: 'device-replaced', title: 'Die gewünschte Gerätekennung wird nicht übernommen' },
        ),
        ...expectEqual(
          device,
          { wanted: name, got: stringAt(device.json, ['display_name']) },
          { code: 'name-lost', title: 'Der Gerätename der Anmeldung bleibt nicht erhalten' },
        ),
        ...expectThat(unwished, given !== undefined && given !== '' && given !== deviceId, {
          code: 'device-not-new',
          title: 'Eine Anmeldung ohne Gerätewunsch bekommt kein eigenes Gerät',
          expected: 'eine neue Gerätekennung',
          observed: given === deviceId ? 'die Kennung des vorhandenen Geräts' : (given ?? 'keine'),
        }),
      ],
      'Gewünschte Kennung und Name übernommen, ohne Wunsch ein neues Gerät',
    );
  },
});
