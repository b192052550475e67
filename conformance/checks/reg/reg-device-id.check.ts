import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premiseString } from '../../lib/premise.ts';
import { alteringAccount, freshAccount, register } from '../../lib/registration.ts';

const devicePath = '/_matrix/client/v3/devices/{deviceId}';

// The device of a new account has the id and the name that were asked for.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-device-id',
    title: 'Das Gerät eines neu registrierten Kontos trägt Kennung und Namen, die verlangt wurden',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das Gerät erhält eine andere Kennung',
      defect: alteringAccount(setting(['device_id'], 'ANDERE')),
      expectFinding: 'other-device',
    },
    {
      title: 'Das Gerät trägt einen anderen Namen',
      defect: { when: { method: 'GET', path: devicePath }, alter: setting(['display_name'], 'Anderer Name') },
      expectFinding: 'other-device-name',
    },
  ],
  async run({ request, random }) {
    const deviceId = `LAB${random.word(8).toUpperCase()}`;
    const name = 'Pruefstand Erstgeraet';
    const wanted = { ...freshAccount(random), device_id: deviceId, initial_device_display_name: name };
    const made = await register(request, wanted);
    const accessToken = premiseString(made, ['access_token']);
    const device = await request('GET', devicePath, { params: { deviceId }, session: { accessToken } });
    return outcomeOf(
      [
        ...expectEqual(
          made,
          { wanted: deviceId, got: stringAt(made.json, ['device_id']) },
          { code: 'other-device', title: 'Die verlangte Gerätekennung wird nicht übernommen' },
        ),
        ...expectEqual(
          device,
          { wanted: name, got: stringAt(device.json, ['display_name']) },
          { code: 'other-device-name', title: 'Der verlangte Gerätename wird nicht übernommen' },
        ),
      ],
      'Gerät mit verlangter Kennung und verlangtem Namen angelegt',
    );
  },
});
