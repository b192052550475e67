import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { claimedKeys, claimKey, claimPath, uploadKeys, uploadPath } from '../../lib/key-requests.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed } from '../../lib/refusals.ts';

// A one-time key that others may already hold is never exchanged under its name for another.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-otk-conflict',
    title: 'Ein Einmalschlüssel lässt sich unter seinem Namen nicht durch einen anderen ersetzen',
    requirements: ['VE-19', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysupload'),
  },
  counterexamples: [
    {
      title: 'Der zweite Schlüssel wird angenommen',
      defect: { when: { path: uploadPath }, alter: onlyNth(2, answering(200, { one_time_key_counts: {} })) },
      expectFinding: 'conflict-accepted',
    },
    {
      title: 'Nach dem Versuch gibt es keinen Schlüssel mehr',
      defect: { when: { path: claimPath }, alter: setting(['one_time_keys'], {}) },
      expectFinding: 'first-lost',
    },
  ],
  async run({ request, user, account, device, random }) {
    const [alice, bob] = [await device(await account('alice')), await user('bob')];
    const keys = createDeviceKeys(alice, random);
    const first = keys.oneTimeKeys(1);
    // A second set from the same source has the same names and other keys.
    const second = createDeviceKeys(alice, random).oneTimeKeys(1);
    premise(await uploadKeys(request, alice, { device_keys: keys.deviceKeys, one_time_keys: first }));
    const conflict = await uploadKeys(request, alice, { one_time_keys: second });
    const claimed = premise(await claimKey(request, bob, alice));
    return outcomeOf(
      [
        ...expectMalformed(conflict, {
          code: 'conflict-accepted',
          title: 'Ein anderer Einmalschlüssel unter einem vergebenen Namen wird angenommen',
        }),
        ...expectEqual(
          claimed,
          { wanted: first, got: claimedKeys(claimed, alice) },
          { code: 'first-lost', title: 'Der zuerst veröffentlichte Einmalschlüssel ist verändert oder fort' },
        ),
      ],
      'Der zweite Schlüssel abgelehnt, vergeben wird der erste',
    );
  },
});
