import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { objectAt, withoutValueAt } from '../../lib/json.ts';
import { queryKeys, queryPath, uploadKeys, uploadPath } from '../../lib/key-requests.ts';
import { expectEqual } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

// A device publishes keys for itself only, and they go when the device goes.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-foreign',
    title: 'Ein Gerät kann einem anderen keine Schlüssel unterschieben, und mit dem Gerät verschwinden seine Schlüssel',
    requirements: ['KO-05', 'SI-13'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysupload'),
  },
  counterexamples: [
    {
      title: 'Schlüssel für ein anderes Gerät werden angenommen',
      defect: {
        when: { path: uploadPath },
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { one_time_key_counts: {} })(answer, seen) : answer,
      },
      expectFinding: 'foreign-keys-accepted',
    },
    {
      title: 'Untergeschobene Schlüssel werden weitergegeben',
      defect: {
        when: { path: queryPath },
        alter: (answer, seen) => {
          const [userId = ''] = Object.keys(objectAt(seen.requestJson, ['device_keys']));
          const [own] = Object.values(objectAt(answer.json, ['device_keys', userId]));
          return seen.earlier.length === 0 ? setting(['device_keys', userId, 'FREMD'], own)(answer, seen) : answer;
        },
      },
      expectFinding: 'keys-planted',
    },
    {
      title: 'Die Schlüssel eines abgemeldeten Geräts bleiben',
      defect: { when: { path: queryPath }, alter: (answer, { earlier }) => earlier[1] ?? answer },
      expectFinding: 'keys-remain',
    },
  ],
  async run(tools) {
    const { request, account, device, user, random } = tools;
    const owner = await account('alice');
    const [first, second] = [await device(owner, 'Pruefstand eins'), await device(owner, 'Pruefstand zwei')];
    const bob = await user('bob');
    const own = createDeviceKeys(first, random).deviceKeys;
    premise(await uploadKeys(request, first, { device_keys: own }));
    const planted = await uploadKeys(request, first, { device_keys: createDeviceKeys(second, random).deviceKeys });
    const before = premise(await queryKeys(request, bob, { [owner.userId]: [] }));
    premise(await uploadKeys(request, second, { device_keys: createDeviceKeys(second, random).deviceKeys }));
    const both = premise(await queryKeys(request, bob, { [owner.userId]: [] }));
    const after = await afterLogout(tools, second, bob);
    const ids = (json: unknown) => Object.keys(objectAt(json, ['device_keys', owner.userId]));
    const ours = (json: unknown) =>
      ids(json).filter((id) => id === first.deviceId || id === second.deviceId || id === 'FREMD');
    return outcomeOf(
      [
        ...expectMalformed(planted, {
          code: 'foreign-keys-accepted',
          title: 'Schlüssel für ein anderes Gerät werden angenommen',
        }),
        ...expectEqual(
          before,
          { wanted: [own], got: ours(before.json).map((id) => keysOf(before.json, owner.userId, id)) },
          { code: 'keys-planted', title: 'Untergeschobene Geräteschlüssel werden weitergegeben' },
        ),
        ...expectEqual(
          both,
          { wanted: [first.deviceId, second.deviceId].toSorted(), got: ours(both.json).toSorted() },
          { code: 'keys-missing', title: 'Die Schlüssel beider Geräte werden nicht weitergegeben' },
        ),
        ...expectEqual(
          after,
          { wanted: [first.deviceId], got: ours(after.json) },
          { code: 'keys-remain', title: 'Die Schlüssel eines abgemeldeten Geräts werden weiter ausgegeben' },
        ),
      ],
      'Untergeschobene Schlüssel abgelehnt, nach der Abmeldung nur noch das verbliebene Gerät',
    );
  },
});

const keysOf = (json: unknown, userId: string, deviceId: string): unknown =>
  withoutValueAt(objectAt(json, ['device_keys', userId])[deviceId], ['unsigned']);

async function afterLogout({ request, poll }: Tools, leaving: Session, asking: Session) {
  premise(await request('POST', '/_matrix/client/v3/logout', { session: leaving, body: {} }));
  return poll({
    ask: async () => premise(await queryKeys(request, asking, { [leaving.userId]: [] })),
    until: ({ json }) => !(leaving.deviceId in objectAt(json, ['device_keys', leaving.userId])),
    deadlineMs: settlingMs,
  });
}
