import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { createIdentity, identityBody, uploadIdentity, uploadSignatures } from '../../lib/cross-signing.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { objectAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { claimedKeys, claimKey, claimPath, queryKeys, queryPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

// Who encrypts to people elsewhere gets their keys as they were published, and each one-time key once.
// https://spec.matrix.org/v1.19/server-server-api/#end-to-end-encryption
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-e2e-keys',
    title:
      'Schlüssel und Signaturen von Personen eines anderen Homeservers kommen unverändert an, Einmalschlüssel einmal',
    requirements: ['KO-05', 'VE-19'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('end-to-end-encryption'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Der Hauptschlüssel der anderen Person ist ausgetauscht',
      defect: {
        when: { path: queryPath },
        alter: (answer) => ({ ...answer, json: withEach(answer.json, 'master_keys', { keys: { 'ed25519:a': 'a' } }) }),
      },
      expectFinding: 'identity-differs',
    },
    {
      title: 'Das Gerät der anderen Person fehlt',
      defect: { when: { path: queryPath }, alter: (answer) => ({ ...answer, json: { device_keys: {} } }) },
      expectFinding: 'device-differs',
    },
    {
      title: 'Derselbe Einmalschlüssel wird zweimal vergeben',
      defect: {
        when: { path: claimPath },
        alter: onlyNth(2, (answer, { earlier }) => earlier[0] ?? answer),
      },
      expectFinding: 'claimed-twice',
    },
    {
      title: 'Es gibt keinen Einmalschlüssel',
      defect: { when: { path: claimPath }, alter: answering(200, { one_time_keys: {} }) },
      expectFinding: 'not-claimed',
    },
  ],
  async run(near) {
    const { random, request } = near;
    const far = await near.variant('partner');
    const [alice, bob] = [await near.user('alice'), await far.user('bob')];
    const keys = createDeviceKeys(alice, random);
    const published = keys.oneTimeKeys(1);
    const identity = createIdentity(alice, random);
    premise(await uploadKeys(request, alice, { device_keys: keys.deviceKeys, one_time_keys: published }));
    premise(await uploadIdentity(request, alice, identityBody(identity)));
    const signed = identity.signedBySelf(keys.deviceKeys);
    premise(await uploadSignatures(request, alice, { [alice.userId]: { [alice.deviceId]: signed } }));
    const query = premise(await queryKeys(far.request, bob, { [alice.userId]: [] }));
    const first = premise(await claimKey(far.request, bob, alice));
    const second = premise(await claimKey(far.request, bob, alice));
    const device = valueAt(query.json, ['device_keys', alice.userId, alice.deviceId]);
    const name = `ed25519:${identity.names.selfSigning}`;
    const wanted = [identity.names.master, identity.names.selfSigning];
    return outcomeOf(
      [
        ...expectEqual(
          query,
          { wanted: keys.deviceKeys['keys'], got: valueAt(device, ['keys']) },
          {
            code: 'device-differs',
            title: 'Die Schlüssel eines Geräts kommen beim anderen Homeserver nicht unverändert an',
          },
        ),
        ...expectEqual(
          query,
          {
            wanted: stringAt(signed, ['signatures', alice.userId, name]),
            got: stringAt(device, ['signatures', alice.userId, name]),
          },
          { code: 'signature-lost', title: 'Die Signatur unter einem Gerät kommt beim anderen Homeserver nicht an' },
        ),
        ...expectEqual(
          query,
          { wanted, got: ['master_keys', 'self_signing_keys'].flatMap((kind) => keysOf(query, kind, alice.userId)) },
          {
            code: 'identity-differs',
            title: 'Die Identität einer Person kommt beim anderen Homeserver nicht unverändert an',
          },
        ),
        ...expectEqual(
          first,
          { wanted: published, got: claimedKeys(first, alice) },
          { code: 'not-claimed', title: 'Ein Einmalschlüssel vom anderen Homeserver ist nicht der veröffentlichte' },
        ),
        ...expectThat(second, Object.keys(claimedKeys(second, alice)).length === 0, {
          code: 'claimed-twice',
          title: 'Ein Einmalschlüssel wird über Homeserver hinweg zweimal vergeben',
          expected: 'kein weiterer Schlüssel',
          observed: Object.keys(claimedKeys(second, alice)).join(', '),
        }),
      ],
      'Geräteschlüssel, Identität und Signatur unverändert; der Einmalschlüssel genau einmal',
    );
  },
});

const keysOf = ({ json }: Answer, kind: string, userId: string): readonly unknown[] =>
  Object.values(objectAt(json, [kind, userId, 'keys']));

/** The answer with something else in the key of every person. */
const withEach = (json: unknown, kind: string, change: Readonly<Record<string, unknown>>): unknown =>
  Object.keys(objectAt(json, [kind])).reduce<unknown>(
    (whole, userId) => withValueAt(whole, [kind, userId], { ...objectAt(whole, [kind, userId]), ...change }),
    json,
  );
