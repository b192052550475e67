import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { losing } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { deviceListsIn } from '../../lib/device-lists.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../lib/json.ts';
import { queryKeys, queryPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { serverClause } from '../../lib/server-api.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';
import { deviceListEdu } from '../../peer/edus.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { leaveRoom } from '../../peer/leave-room.ts';
import { makeItselfHeard, refusingTransactions } from '../../peer/outage.ts';
import { openPeer, type Peer, transactionPath } from '../../peer/peer.ts';
import { servingDevices } from '../../peer/peer-devices.ts';
import { receivedEdus, waitForEdu } from '../../peer/received-edus.ts';

const kind = 'm.device_list_update';
const [first, second] = ['ERSTES', 'ZWEITES'];

// Who does not learn of a device cannot encrypt for it; who follows the wrong ones encrypts for strangers.
// https://spec.matrix.org/v1.19/server-server-api/#device-management
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-devicelist',
    title: 'Gerätelisten bleiben über Homeserver hinweg vollständig: nach Lücken, Austritt, Rückkehr und Ausfall',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('device-management'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Neue Geräte der anderen Seite werden nicht gemeldet',
      defect: { when: { path: syncTemplate }, alter: setting(['device_lists', 'changed'], []) },
      expectFinding: 'change-not-told',
    },
    {
      title: 'Wem man nicht mehr folgen muss, wird nicht gemeldet',
      defect: { when: { path: syncTemplate }, alter: removing(['device_lists', 'left']) },
      expectFinding: 'leave-not-told',
    },
    {
      title: 'Nach einer Lücke fehlt ein Gerät',
      defect: { when: { path: queryPath }, alter: setting(['device_keys'], {}) },
      expectFinding: 'device-missing',
    },
    {
      title: 'Nach einem Ausfall fehlt die Meldung eines Geräts',
      defect: losing(transactionPath),
      expectFinding: 'not-sent-on',
    },
  ],
  async run(tools) {
    const alice = await tools.device(await tools.account('alice'));
    const peer = await openPeer(tools);
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    const mallory = peer.userId('mallory');
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const follow = followed(tools, alice, mallory);
    const told = await follow('changed', () => tellOf(tools, peer, { devices: [first], streamId: 1, after: [] }));
    const gap = await follow('changed', () =>
      tellOf(tools, peer, { devices: [first, second], streamId: 5, after: [4] }),
    );
    const known = await tools.poll({
      ask: async () => premise(await queryKeys(tools.request, alice, { [mallory]: [] })),
      until: ({ json }) => Object.keys(objectAt(json, ['device_keys', mallory])).length > 1,
      deadlineMs: settlingMs,
    });
    const left = await follow('left', () => leaveRoom(peer, room, mallory));
    const back = await follow('changed', () => joinRoom(peer, { roomId, userId: mallory }));
    const { asked, updates } = await uploadDuringOutage(tools, peer, alice);
    return outcomeOf(
      [
        ...[told, gap, back].flatMap(({ last, reached }) =>
          expectThat(last, reached, {
            code: 'change-not-told',
            title: 'Geänderte Geräte einer Person des anderen Homeservers werden nicht gemeldet',
            expected: 'die Person in device_lists.changed',
            observed: 'nicht darin',
          }),
        ),
        ...expectThat(left.last, left.reached, {
          code: 'leave-not-told',
          title: 'Dass einer Person nicht mehr zu folgen ist, wird nach ihrem Austritt nicht gemeldet',
          expected: 'die Person in device_lists.left',
          observed: 'nicht darin',
        }),
        ...expectEqual(
          known,
          { wanted: [first, second], got: Object.keys(objectAt(known.json, ['device_keys', mallory])).toSorted() },
          { code: 'device-missing', title: 'Nach einer Lücke in den Meldungen fehlt ein Gerät' },
        ),
        ...expectEqual(
          asked,
          { wanted: [alice.deviceId, 'folgt auf Bekanntes'], got: updates },
          {
            code: 'not-sent-on',
            title: 'Neue Geräteschlüssel erreichen den anderen Homeserver nach einem Ausfall nicht',
          },
        ),
      ],
      'Meldung, Lücke, Austritt und Rückkehr richtig nachvollzogen; eigene Schlüssel kamen nach dem Ausfall an',
    );
  },
});

/** What alice is told of a person's devices after something happened. */
function followed(tools: Tools, alice: Session, userId: string) {
  return async (list: 'changed' | 'left', happens: () => Promise<unknown>) => {
    const since = await syncStart(tools, alice);
    await happens();
    const until = (json: unknown) => deviceListsIn(json)[list].includes(userId);
    return tools.waitForSync(alice, { since, until, deadlineMs: arrivalMs });
  };
}

interface News {
  /** All there are; the last one is the new one. */
  readonly devices: readonly string[];
  readonly streamId: number;
  readonly after: readonly number[];
}

async function tellOf({ random }: Tools, peer: Peer, { devices, streamId, after }: News): Promise<void> {
  const userId = peer.userId('mallory');
  const listed = devices.map((deviceId) => ({
    deviceId,
    keys: createDeviceKeys({ userId, deviceId }, random).deviceKeys,
  }));
  servingDevices(peer, userId, { streamId, devices: listed });
  await peer.send({ edus: [deviceListEdu(userId, devices.at(-1) ?? '', streamId, after)] });
}

/** Which device the news names, and whether it says that it follows on news the peer had. */
async function uploadDuringOutage(tools: Tools, peer: Peer, alice: Session) {
  const ofAlice = (content: unknown) => stringAt(content, ['user_id']) === alice.userId;
  const hasKeys = (content: unknown) => ofAlice(content) && objectAt(content, ['keys'])['device_id'] === alice.deviceId;
  const down = refusingTransactions(peer);
  const { deviceKeys } = createDeviceKeys(alice, tools.random);
  const asked = premise(await uploadKeys(tools.request, alice, { device_keys: deviceKeys }));
  await peer.server.waitFor(({ path }) => transactionPath.test(path));
  down[Symbol.dispose]();
  await makeItselfHeard(peer);
  const update = await waitForEdu(peer, kind, hasKeys, arrivalMs);
  const known = receivedEdus(peer, kind)
    .filter(ofAlice)
    .map((content) => numberAt(content, ['stream_id']));
  const follows = arrayAt(update, ['prev_id']).every((id) => known.includes(Number(id)));
  const updates = [stringAt(update, ['device_id']) ?? '', follows ? 'folgt auf Bekanntes' : 'nennt Unbekanntes'];
  return { asked, updates };
}
