import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { objectAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { queryKeys, queryPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectError, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { fieldTemplate, readField, restoringField, writeField } from '../../lib/profile.ts';

const deviceName = 'Privatgerät';

// What other homeservers learn of people is what the settings say: here the profile, and no names of devices.
// https://spec.matrix.org/v1.19/client-server-api/#profiles
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-profile-policy',
    title:
      'Ein anderer Homeserver erfährt den Anzeigenamen, wo es erlaubt ist, und keine Gerätenamen, wo sie gesperrt sind',
    requirements: ['KO-05', 'DS-12'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('profiles'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Ein anderer Anzeigename kommt an',
      defect: {
        when: { method: 'GET', path: fieldTemplate },
        alter: (answer, seen) => (answer.status === 200 ? setting(['displayname'], 'Mallory')(answer, seen) : answer),
      },
      expectFinding: 'other-name',
    },
    {
      title: 'Auch zu einer Person, die es nicht gibt, wird ein Anzeigename genannt',
      defect: {
        when: { method: 'GET', path: fieldTemplate },
        alter: (answer, seen) =>
          answer.status === 404 ? answering(200, { displayname: 'Niemand' })(answer, seen) : answer,
      },
      expectFinding: 'unknown-person',
    },
    {
      title: 'Der Gerätename reist mit den Schlüsseln',
      defect: {
        when: { path: queryPath },
        alter: (answer, { requestJson }) => ({ ...answer, json: withDeviceNames(answer.json, requestJson) }),
      },
      expectFinding: 'device-name-told',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const [owner, bob] = [await near.account('alice'), await far.user('bob')];
    const alice = await near.device(owner, deviceName);
    const wanted = `Pruefstand ${near.random.word(8)}`;
    premise(await uploadKeys(near.request, alice, { device_keys: createDeviceKeys(alice, near.random).deviceKeys }));
    const name = await restoringField(near.request, alice, 'displayname', async () => {
      premise(await writeField(near.request, alice, 'displayname', wanted));
      return readField(far.request, bob, alice.userId, 'displayname');
    });
    const unknown = await readField(
      far.request,
      bob,
      `@${near.random.word(20)}:${near.target.serverName}`,
      'displayname',
    );
    const query = premise(await queryKeys(far.request, bob, { [alice.userId]: [alice.deviceId] }));
    const device = ['device_keys', alice.userId, alice.deviceId];
    if (valueAt(query.json, device) === undefined)
      return inconclusive('Die Schlüssel des Geräts kamen beim anderen Homeserver nicht an.');
    const told = stringAt(query.json, [...device, 'unsigned', 'device_display_name']);
    return outcomeOf(
      [
        ...expectEqual(
          name,
          { wanted, got: stringAt(name.json, ['displayname']) },
          { code: 'other-name', title: 'Der Anzeigename kommt beim anderen Homeserver nicht an' },
        ),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'unknown-person', title: 'Eine Person, die es nicht gibt, wird nicht als fehlend gemeldet' },
        ),
        ...expectThat(query, told !== deviceName, {
          code: 'device-name-told',
          title: 'Ein anderer Homeserver erfährt den Namen eines Geräts, obwohl das gesperrt ist',
          expected: 'kein Gerätename',
          observed: 'der Gerätename',
        }),
      ],
      'Anzeigename erhalten, unbekannte Person 404, kein Gerätename',
    );
  },
});

/** Each device that was asked for bears its name. */
function withDeviceNames(json: unknown, asked: unknown): unknown {
  const paths = Object.keys(objectAt(asked, ['device_keys'])).flatMap((userId) =>
    Object.keys(objectAt(json, ['device_keys', userId])).map((deviceId) => ['device_keys', userId, deviceId]),
  );
  return paths.reduce<unknown>(
    (whole, path) => withValueAt(whole, [...path, 'unsigned', 'device_display_name'], deviceName),
    json,
  );
}
