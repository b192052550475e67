import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { createDeviceKeys, signedCurve } from '../../lib/device-keys.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { claimKey, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { SyncEnd } from '../../lib/sync.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/sync';
const count = 10;
const deadlineMs = 5_000;

// Somebody who fetches all one-time keys of a device cannot be kept from it, but the device sees it and can publish new ones.
// https://spec.matrix.org/v1.19/client-server-api/#extensions-to-sync-2
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-ratelimit',
    title: 'Werden einem Gerät alle Einmalschlüssel abgeholt, erfährt es das bei der nächsten Synchronisation',
    requirements: ['VE-19', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('one-time-and-fallback-keys'),
  },
  counterexamples: [
    {
      title: 'Das Gerät hält alle Einmalschlüssel für vorhanden',
      defect: { when: { path }, alter: setting(['device_one_time_keys_count', signedCurve], count) },
      expectFinding: 'exhaustion-concealed',
    },
    {
      title: 'Der benutzte Ersatzschlüssel gilt als unbenutzt',
      defect: { when: { path }, alter: setting(['device_unused_fallback_key_types'], [signedCurve]) },
      expectFinding: 'fallback-use-concealed',
    },
    {
      title: 'Vor dem Abholen werden keine Einmalschlüssel gemeldet',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.earlier.length === 0 ? setting(['device_one_time_keys_count'], {})(answer, seen) : answer,
      },
      expectFinding: 'count-wrong',
    },
  ],
  async run(tools) {
    const { request, user, account, device, random, waitForSync } = tools;
    const [alice, mallory] = [await device(await account('alice')), await user('mallory')];
    const keys = createDeviceKeys(alice, random);
    const fallback = keys.oneTimeKeys(1);
    const body = { device_keys: keys.deviceKeys, one_time_keys: keys.oneTimeKeys(count), fallback_keys: fallback };
    premise(await uploadKeys(request, alice, body));
    const before = await waitForSync(alice, { until: () => true, deadlineMs });
    for (let taken = 0; taken < count; taken++) premise(await claimKey(request, mallory, alice));
    const empty = await afterTaking(tools, alice, before);
    premise(await claimKey(request, mallory, alice));
    const used = await waitForSync(alice, {
      until: (json) => arrayAt(json, ['device_unused_fallback_key_types']).length === 0,
      deadlineMs: 1_000,
    });
    return outcomeOf(
      [
        ...expectEqual(
          before.last,
          { wanted: count, got: countIn(before.last.json) },
          { code: 'count-wrong', title: 'Die Synchronisation nennt die Zahl der Einmalschlüssel falsch' },
        ),
        ...expectEqual(
          empty.last,
          { wanted: 0, got: countIn(empty.last.json) ?? 0 },
          { code: 'exhaustion-concealed', title: 'Dass alle Einmalschlüssel abgeholt sind, erfährt das Gerät nicht' },
        ),
        ...expectThat(used.last, used.reached, {
          code: 'fallback-use-concealed',
          title: 'Dass der Ersatzschlüssel benutzt ist, erfährt das Gerät nicht',
          expected: 'kein unbenutzter Ersatzschlüssel',
          observed: arrayAt(used.last.json, ['device_unused_fallback_key_types']).join(', '),
        }),
      ],
      `Erst ${count} Einmalschlüssel gemeldet, nach dem Abholen keiner, der Ersatzschlüssel als benutzt`,
    );
  },
});

/** Absent when there are none. */
const countIn = (sync: unknown): unknown => valueAt(sync, ['device_one_time_keys_count', signedCurve]);

const afterTaking = ({ waitForSync }: Tools, session: Session, { nextBatch }: SyncEnd): Promise<SyncEnd> =>
  waitForSync(session, {
    ...(nextBatch !== undefined && { since: nextBatch }),
    until: (json) => (countIn(json) ?? 0) === 0,
    deadlineMs: 1_000,
  });
