import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting } from '../../lib/defect.ts';
import { createDeviceKeys, signedCurve } from '../../lib/device-keys.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { claimKey, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { syncOnce, syncTemplate } from '../../lib/sync.ts';

const when = { path: syncTemplate };
const countPath = ['device_one_time_keys_count', signedCurve];
const unusedPath = ['device_unused_fallback_key_types'];
const claims = {
  count: { code: 'count-differs', title: 'Die gemeldete Zahl der Einmalschlüssel stimmt nicht' },
  claimed: { code: 'claim-uncounted', title: 'Ein vergebener Einmalschlüssel wird weiter mitgezählt' },
  unused: { code: 'fallback-untold', title: 'Ein unbenutzter Ersatzschlüssel wird nicht gemeldet' },
  used: { code: 'fallback-use-untold', title: 'Ein benutzter Ersatzschlüssel gilt weiter als unbenutzt' },
};

// A device learns how many of its keys are left, and whether its reserve has been touched.
// https://spec.matrix.org/v1.19/client-server-api/#e2e-extensions-to-sync
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-otk-counts',
    title: 'Ein Gerät erfährt, wie viele Schlüssel es noch hat und ob der Ersatzschlüssel benutzt ist',
    requirements: ['VE-19', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('e2e-extensions-to-sync'),
  },
  counterexamples: [
    {
      title: 'Die Zahl fehlt',
      defect: { when, alter: removing(['device_one_time_keys_count']) },
      expectFinding: claims.count.code,
    },
    {
      title: 'Die Zahl bleibt, wie sie war',
      defect: { when, alter: setting(countPath, 2) },
      expectFinding: claims.claimed.code,
    },
    {
      title: 'Vom Ersatzschlüssel ist keine Rede',
      defect: { when, alter: setting(unusedPath, []) },
      expectFinding: claims.unused.code,
    },
    {
      title: 'Der Ersatzschlüssel gilt immer als unbenutzt',
      defect: { when, alter: setting(unusedPath, [signedCurve]) },
      expectFinding: claims.used.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const keys = createDeviceKeys(alice, tools.random);
    const fallback_keys = Object.fromEntries(
      Object.entries(keys.oneTimeKeys(1)).map(([name, key]) => [name, { ...Object(key), fallback: true }]),
    );
    const one_time_keys = keys.oneTimeKeys(2);
    premise(await uploadKeys(request, alice, { device_keys: keys.deviceKeys, one_time_keys, fallback_keys }));
    let asked = 0;
    const told = (count: number, unused: readonly string[]) =>
      tools.poll({
        // Another waiting time each time, so that every answer is made anew.
        ask: async () => premise(await syncOnce(request, alice, { timeout: asked++ })),
        until: ({ json }) =>
          (valueAt(json, countPath) ?? 0) === count && arrayAt(json, unusedPath).length === unused.length,
        deadlineMs: settlingMs,
      });
    const full = await told(2, [signedCurve]);
    premise(await claimKey(request, bob, alice));
    const rest = await told(1, [signedCurve]);
    premise(await claimKey(request, bob, alice));
    premise(await claimKey(request, bob, alice));
    const empty = await told(0, []);
    return outcomeOf(
      [
        ...expectEqual(full, { wanted: 2, got: valueAt(full.json, countPath) }, claims.count),
        ...expectEqual(rest, { wanted: 1, got: valueAt(rest.json, countPath) }, claims.claimed),
        ...expectEqual(full, { wanted: [signedCurve], got: arrayAt(full.json, unusedPath) }, claims.unused),
        ...expectEqual(empty, { wanted: 0, got: valueAt(empty.json, countPath) ?? 0 }, claims.claimed),
        ...expectEqual(empty, { wanted: [], got: arrayAt(empty.json, unusedPath) }, claims.used),
      ],
      'Zwei, eins, keiner; der Ersatzschlüssel unbenutzt, dann benutzt',
    );
  },
});
