import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, answering } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { objectAt, valueAt, withoutValueAt, withValueAt } from '../../lib/json.ts';
import { queryKeys, queryPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

// Others get exactly the keys a device published: a changed key would let the server read along.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-query',
    title: 'Der Server gibt veröffentlichte Geräteschlüssel unverändert weiter',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysquery'),
  },
  counterexamples: [
    {
      title: 'Der Server tauscht einen Schlüssel aus',
      defect: {
        when: { path: queryPath },
        alter: inEveryDevice((device) => withValueAt(device, ['keys'], { 'ed25519:X': 'AAAA' })),
      },
      expectFinding: 'keys-differ',
    },
    {
      title: 'Die Signatur des Geräts fehlt',
      defect: { when: { path: queryPath }, alter: inEveryDevice((device) => withValueAt(device, ['signatures'], {})) },
      expectFinding: 'keys-differ',
    },
    {
      title: 'Der Server kennt das Gerät nicht',
      defect: { when: { path: queryPath }, alter: answering(200, { device_keys: {}, failures: {} }) },
      expectFinding: 'keys-differ',
    },
    {
      title: 'Ein unbekanntes Konto hat ein Gerät',
      defect: {
        when: { path: queryPath },
        alter: (answer, { requestJson }) => {
          const [userId = ''] = Object.keys(objectAt(requestJson, ['device_keys']));
          return userId.startsWith('@pruefstand-')
            ? { ...answer, json: { device_keys: { [userId]: { GERAET: {} } } } }
            : answer;
        },
      },
      expectFinding: 'unknown-account-has-devices',
    },
    {
      title: 'Ein Objekt statt einer Liste wird angenommen',
      defect: {
        when: { path: queryPath },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, { device_keys: {} })(answer, seen) : answer),
      },
      expectFinding: 'object-accepted',
    },
  ],
  async run({ request, user, random, target }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const { deviceKeys } = createDeviceKeys(alice, random);
    premise(await uploadKeys(request, alice, { device_keys: deviceKeys }));
    const own = await queryKeys(request, alice, { [alice.userId]: [] });
    const others = await queryKeys(request, bob, { [alice.userId]: [alice.deviceId] });
    const nobody = `@pruefstand-${random.word(10)}:${target.serverName}`;
    const unknown = await queryKeys(request, bob, { [nobody]: [] });
    const malformed = await queryKeys(request, bob, { [alice.userId]: {} });
    const devicesOfNobody = Object.keys(objectAt(unknown.json, ['device_keys', nobody]));
    return outcomeOf(
      [
        ...[own, others].flatMap((answer) => sameKeys(answer, alice, deviceKeys)),
        ...expectThat(unknown, unknown.status === 200 && devicesOfNobody.length === 0, {
          code: 'unknown-account-has-devices',
          title: 'Zu einem unbekannten Konto werden Geräte genannt',
          expected: 'Status 200 ohne Geräte',
          observed: `Status ${unknown.status} mit ${devicesOfNobody.length} Geräten`,
        }),
        ...expectStatus(malformed, 400, {
          code: 'object-accepted',
          title: 'Eine falsch aufgebaute Abfrage wird angenommen',
        }),
      ],
      'Eigene und fremde Abfrage liefern die veröffentlichten Schlüssel, ein unbekanntes Konto hat keine',
    );
  },
});

function inEveryDevice(change: (device: unknown) => unknown): Alteration {
  return (answer) => {
    const users = Object.entries(objectAt(answer.json, ['device_keys']));
    const changed = users.map(([userId, devices]) => [
      userId,
      Object.fromEntries(Object.entries(objectAt(devices, [])).map(([id, device]) => [id, change(device)])),
    ]);
    return { ...answer, json: withValueAt(answer.json, ['device_keys'], Object.fromEntries(changed)) };
  };
}

/** The server may add under `unsigned`; everything else is the device's own word. */
function sameKeys(answer: Answer, owner: Session, wanted: unknown): Findings {
  const device = valueAt(answer.json, ['device_keys', owner.userId, owner.deviceId]);
  return expectEqual(
    answer,
    { wanted, got: withoutValueAt(device, ['unsigned']) },
    {
      code: 'keys-differ',
      title: 'Die weitergegebenen Geräteschlüssel sind nicht die veröffentlichten',
    },
  );
}
