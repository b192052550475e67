import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { valueAt } from '../../lib/json.ts';
import { claimedKeys, claimKey, claimPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

// When one-time keys have run out, a key that may be used again steps in, until the device puts a new one there.
// https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-fallback',
    title: 'Sind die Einmalschlüssel verbraucht, springt der Ersatzschlüssel ein und lässt sich erneuern',
    requirements: ['VE-19', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('one-time-and-fallback-keys'),
  },
  counterexamples: [
    {
      title: 'Der Ersatzschlüssel wird vergeben, obwohl noch ein Einmalschlüssel da ist',
      defect: {
        when: { path: claimPath },
        alter: (answer, seen) => onlyNth(1, setting(['one_time_keys'], {}))(answer, seen),
      },
      expectFinding: 'one-time-key-passed-over',
    },
    {
      title: 'Ohne Einmalschlüssel gibt es gar keinen Schlüssel',
      defect: { when: { path: claimPath }, alter: onlyNth(2, setting(['one_time_keys'], {})) },
      expectFinding: 'no-fallback',
    },
    {
      title: 'Der Ersatzschlüssel wird nur einmal vergeben',
      defect: { when: { path: claimPath }, alter: onlyNth(3, setting(['one_time_keys'], {})) },
      expectFinding: 'no-fallback',
    },
    {
      title: 'Der alte Ersatzschlüssel bleibt trotz Erneuerung',
      defect: {
        when: { path: claimPath },
        alter: (answer, { earlier }) => (earlier.length === 3 ? { ...answer, json: earlier[1]?.json } : answer),
      },
      expectFinding: 'not-renewed',
    },
  ],
  async run({ request, user, random }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const keys = createDeviceKeys(alice, random);
    const oneTime = keys.oneTimeKeys(1);
    const old = asFallback(keys.oneTimeKeys(1));
    const renewed = asFallback(keys.oneTimeKeys(1));
    const body = { device_keys: keys.deviceKeys, one_time_keys: oneTime, fallback_keys: old };
    premise(await uploadKeys(request, alice, body));
    const claim = async () => premise(await claimKey(request, bob, alice));
    const [first, second, third] = [await claim(), await claim(), await claim()];
    premise(await uploadKeys(request, alice, { fallback_keys: renewed }));
    const fourth = await claim();
    const title = 'Der Ersatzschlüssel springt nicht ein, wie er soll';
    return outcomeOf(
      [
        ...expectEqual(
          first,
          { wanted: keyTexts(oneTime), got: claimedTexts(first, alice) },
          {
            code: 'one-time-key-passed-over',
            title: 'Ein vorhandener Einmalschlüssel wird übergangen',
          },
        ),
        ...[second, third].flatMap((answer) =>
          expectEqual(
            answer,
            { wanted: keyTexts(old), got: claimedTexts(answer, alice) },
            { code: 'no-fallback', title },
          ),
        ),
        ...expectEqual(
          fourth,
          { wanted: keyTexts(renewed), got: claimedTexts(fourth, alice) },
          {
            code: 'not-renewed',
            title: 'Ein erneuerter Ersatzschlüssel wird nicht benutzt',
          },
        ),
      ],
      'Erst der Einmalschlüssel, dann zweimal der Ersatzschlüssel, nach der Erneuerung der neue',
    );
  },
});

const asFallback = (keys: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, { ...Object(key), fallback: true }]));

const keyTexts = (keys: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, valueAt(key, ['key'])]));

const claimedTexts = (answer: Parameters<typeof claimedKeys>[0], owner: Session) =>
  keyTexts(claimedKeys(answer, owner));
