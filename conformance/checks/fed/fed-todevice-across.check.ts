import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { deviceListsIn } from '../../lib/device-lists.ts';
import { joinAcross } from '../../lib/join-across.ts';
import { arrayAt, withValueAt } from '../../lib/json.ts';
import { uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { serverClause } from '../../lib/server-api.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { probeContents, sendToDevice } from '../../lib/to-device.ts';

const deadlineMs = 5_000;

// Keys of rooms travel from device to device: each message arrives once, and who must ask for new keys learns of it.
// https://spec.matrix.org/v1.19/server-server-api/#send-to-device-messaging
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-todevice-across',
    title:
      'Nachrichten an Geräte kommen beim anderen Homeserver genau einmal an, neue Geräteschlüssel werden dort gemeldet',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('send-to-device-messaging'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die Nachricht geht verloren',
      defect: {
        when: { path: syncTemplate },
        alter: (answer) => ({ ...answer, json: withValueAt(answer.json, ['to_device'], { events: [] }) }),
      },
      expectFinding: 'not-once',
    },
    {
      title: 'Die Nachricht kommt doppelt an',
      defect: {
        when: { path: syncTemplate },
        alter: (answer) => {
          const events = arrayAt(answer.json, ['to_device', 'events']);
          return { ...answer, json: withValueAt(answer.json, ['to_device', 'events'], [...events, ...events]) };
        },
      },
      expectFinding: 'not-once',
    },
    {
      title: 'Neue Geräteschlüssel werden nicht gemeldet',
      defect: {
        when: { path: syncTemplate },
        alter: (answer) => ({ ...answer, json: withValueAt(answer.json, ['device_lists', 'changed'], []) }),
      },
      expectFinding: 'change-not-told',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const bob = await far.device(await far.account('bob'));
    const alice = await near.device(await near.account('alice'));
    const roomId = await near.room(alice, { preset: 'public_chat' });
    await joinAcross(far, bob, { roomId, via: near.target.serverName });
    const start = await far.waitForSync(bob, { until: () => true, deadlineMs: 0 });
    const content = { probe: near.random.word(16) };
    await sendToDevice(near, alice, { [bob.userId]: { [bob.deviceId]: content } });
    const got = await far.waitForSync(bob, {
      since: start.nextBatch ?? '',
      until: (json) => probeContents(json).length > 0,
      deadlineMs,
    });
    const { deviceKeys } = createDeviceKeys(alice, near.random);
    premise(await uploadKeys(near.request, alice, { device_keys: deviceKeys }));
    const changed = await far.waitForSync(bob, {
      since: got.nextBatch ?? '',
      until: (json) => deviceListsIn(json).changed.includes(alice.userId),
      deadlineMs,
    });
    const contents = [...got.answers, ...changed.answers].flatMap(({ json }) => probeContents(json));
    return outcomeOf(
      [
        ...expectEqual(
          got.last,
          { wanted: [content], got: contents },
          {
            code: 'not-once',
            title: 'Eine Nachricht an ein Gerät des anderen Homeservers kommt nicht genau einmal an',
          },
        ),
        ...expectThat(changed.last, changed.reached, {
          code: 'change-not-told',
          title:
            'Neue Geräteschlüssel einer Person werden ihren Raumgenossen auf dem anderen Homeserver nicht gemeldet',
          expected: `device_lists.changed mit ${alice.userId}`,
          observed: 'nicht darin',
        }),
      ],
      'Die Nachricht kam einmal an, die neuen Geräteschlüssel wurden gemeldet',
    );
  },
});
