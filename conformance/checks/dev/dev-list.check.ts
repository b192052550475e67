import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const listPath = '/_matrix/client/v3/devices';
const devicePath = '/_matrix/client/v3/devices/{deviceId}';

// People see every session of their account and can tell them apart by name.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devices
export const check = conformanceCheck({
  meta: {
    id: 'conformance.dev.dev-list',
    title: 'Die Geräteliste zeigt genau die eigenen Sitzungen mit ihrem Namen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3devices'),
  },
  counterexamples: [
    {
      title: 'Eine Sitzung fehlt in der Liste',
      defect: { when: { path: listPath }, alter: setting(['devices'], []) },
      expectFinding: 'list-differs',
    },
    {
      title: 'Das einzelne Gerät trägt einen anderen Namen',
      defect: { when: { path: devicePath }, alter: setting(['display_name'], 'anders') },
      expectFinding: 'device-differs',
    },
    {
      title: 'Ein unbekanntes Gerät wird gefunden',
      defect: { when: { path: devicePath }, alter: answering(200, { device_id: 'UNBEKANNT' }) },
      expectFinding: 'unknown-device-found',
    },
  ],
  async run({ request, account, device }) {
    const owner = await account('devices');
    const first = await device(owner, 'Pruefstand eins');
    // People of a target have devices of their own.
    const before = premise(await request('GET', listPath, { session: first }));
    const second = await device(owner, 'Pruefstand zwei');
    const list = premise(await request('GET', listPath, { session: first }));
    const single = premise(await request('GET', devicePath, { params: { deviceId: second.deviceId }, session: first }));
    const unknown = await request('GET', devicePath, { params: { deviceId: 'UNBEKANNT' }, session: first });
    const others = namesById(arrayAt(before.json, ['devices']));
    const wanted = { ...others, [first.deviceId]: 'Pruefstand eins', [second.deviceId]: 'Pruefstand zwei' };
    return outcomeOf(
      [
        ...expectEqual(
          list,
          { wanted, got: namesById(arrayAt(list.json, ['devices'])) },
          {
            code: 'list-differs',
            title: 'Die Geräteliste zeigt nicht genau die eigenen Sitzungen',
          },
        ),
        ...expectEqual(
          single,
          { wanted: { [second.deviceId]: 'Pruefstand zwei' }, got: namesById([single.json]) },
          {
            code: 'device-differs',
            title: 'Die Auskunft zu einem Gerät stimmt nicht',
          },
        ),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          {
            code: 'unknown-device-found',
            title: 'Ein unbekanntes Gerät wird nicht als solches gemeldet',
          },
        ),
      ],
      'Beide Sitzungen mit ihrem Namen, ein unbekanntes Gerät ergibt 404',
    );
  },
});

const namesById = (devices: readonly unknown[]): Record<string, string | undefined> =>
  Object.fromEntries(
    devices.map((device) => [stringAt(device, ['device_id']) ?? '?', stringAt(device, ['display_name'])]),
  );
