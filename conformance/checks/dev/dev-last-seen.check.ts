import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { arrayAt, canonicalJson, stringAt, valueAt } from '../../lib/json.ts';
import { queryKeys, queryPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectError, expectThat, shown } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const devicePath = '/_matrix/client/v3/devices/{deviceId}';
const listPath = '/_matrix/client/v3/devices';

// When and from where colleagues were last at work is nobody else's business.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devices
export const check = conformanceCheck({
  meta: {
    id: 'conformance.dev.dev-last-seen',
    title: 'Wann und von wo ein Gerät zuletzt benutzt wurde, sieht nur die eigene Person',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3devices'),
  },
  counterexamples: [
    {
      title: 'Die Geräteauskunft nennt einer anderen Person Zeit und Adresse',
      defect: {
        when: { path: devicePath },
        alter: (answer, seen) =>
          answer.status === 404
            ? answering(200, { device_id: 'FREMD', last_seen_ts: 1, last_seen_ip: '192.0.2.1' })(answer, seen)
            : answer,
      },
      expectFinding: 'device-shown',
    },
    {
      title: 'Die Schlüsselauskunft nennt die letzte Benutzung',
      defect: { when: { path: queryPath }, alter: setting(['device_keys', '@a:b', 'D', 'last_seen_ts'], 1) },
      expectFinding: 'last-seen-shown',
    },
    {
      title: 'Die eigene Geräteliste führt fremde Geräte auf',
      defect: { when: { path: listPath }, alter: setting(['devices'], [{ device_id: 'FREMD' }]) },
      expectFinding: 'list-mixed',
    },
  ],
  async run({ request, user, account, device, random }) {
    // A device of its own: its keys are replaced.
    const alice = await device(await account('alice'));
    const bob = await user('bob');
    premise(await uploadKeys(request, alice, { device_keys: createDeviceKeys(alice, random).deviceKeys }));
    const params = { deviceId: alice.deviceId };
    premise(await request('GET', devicePath, { params, session: alice }));
    const foreign = await request('GET', devicePath, { params, session: bob });
    const keys = premise(await queryKeys(request, bob, { [alice.userId]: [] }));
    const list = premise(await request('GET', listPath, { session: bob }));
    const ids = arrayAt(list.json, ['devices']).map((item) => stringAt(item, ['device_id']));
    const told = canonicalJson(valueAt(keys.json, ['device_keys']));
    return outcomeOf(
      [
        ...expectError(
          foreign,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'device-shown', title: 'Ein fremdes Gerät wird gezeigt' },
        ),
        ...expectThat(keys, !/last_seen/.test(told), {
          code: 'last-seen-shown',
          title: 'Mit den Schlüsseln wird verraten, wann oder von wo ein Gerät benutzt wurde',
          expected: 'Schlüssel ohne Angaben zur letzten Benutzung',
          observed: shown(valueAt(keys.json, ['device_keys'])),
        }),
        ...expectThat(list, ids.includes(bob.deviceId) && !ids.includes(alice.deviceId), {
          code: 'list-mixed',
          title: 'Die Geräteliste enthält nicht genau die eigenen Geräte',
          expected: 'das eigene Gerät und kein fremdes',
          observed: `${ids.length} Geräte`,
        }),
      ],
      'Fremdes Gerät 404, Schlüsselauskunft ohne letzte Benutzung, Liste nur mit eigenen Geräten',
    );
  },
});
