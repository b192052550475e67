import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, isJsonObject } from '../../lib/alteration.ts';
import type { EncryptionFlow } from '../context.ts';
import { meetInEncryptedRoom } from '../meeting.ts';

const hidingIdentities: Alteration = ({ device, answer }) =>
  device === 'bob'
    ? alterJson(answer, (object) =>
        'master_keys' in object ? { ...object, master_keys: {}, self_signing_keys: {} } : object,
      )
    : answer;

/** Only the signature a device puts under its own keys is left. */
const hidingOwnersSignatures: Alteration = ({ device, answer }) =>
  device === 'bob'
    ? alterJson(answer, (object) => {
        const { device_id: deviceId, user_id: userId, signatures } = object;
        if (typeof deviceId !== 'string' || !isJsonObject(signatures)) return object;
        const own = signatures[String(userId)];
        const key = `ed25519:${deviceId}`;
        return isJsonObject(own) ? { ...object, signatures: { [String(userId)]: { [key]: own[key] } } } : object;
      })
    : answer;

/** Without an identity nobody can tell a slipped-in device from a true one. */
export const identity: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.identity',
    title: 'Ein neues Konto hat die drei Schlüssel seiner Identität, und sein erstes Gerät ist damit unterschrieben.',
    requirements: ['VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'normative',
    rows: ['e2e-xsign-bootstrap'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt bob die Identität von alice.',
      defect: hidingIdentities,
      expectFinding: 'no-identity',
    },
    {
      title: 'Der Server verschweigt bob die Unterschrift unter dem Gerät von alice.',
      defect: hidingOwnersSignatures,
      expectFinding: 'device-not-signed',
    },
    {
      title: 'Dem Gerät von alice fehlt ein Schlüssel ihrer Identität.',
      defect: { person: 'alice', weakened: () => ({ isIdentityReady: async () => false }) },
      expectFinding: 'keys-missing',
    },
  ],
  run: async (context) => {
    const { alice, bob } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const isComplete = await alice.isIdentityReady();
    const isKnown = await bob.knowsIdentityOf(alice.userId);
    const isSigned = isKnown && (await bob.waitForSignature(alice.userId, alice.deviceId));
    return outcomeOf(
      [
        ...(isComplete ? [] : [missing('keys-missing', 'alice', 'Ihr Gerät hält alle drei Schlüssel der Identität.')]),
        ...(isKnown ? [] : [missing('no-identity', 'bob über alice', 'Andere finden die Identität beim Server.')]),
        ...(isSigned || !isKnown
          ? []
          : [missing('device-not-signed', 'bob über alice', 'Das Gerät ist von seiner Besitzerin unterschrieben.')]),
      ],
      'Alle drei Schlüssel vorhanden; bob findet die Identität und die Unterschrift unter dem Gerät.',
    );
  },
};

const missing = (code: string, where: string, expected: string): Finding => ({
  code,
  title: 'Die Identität einer Person ist nicht vollständig eingerichtet.',
  expected,
  observed: 'Das ist nicht der Fall.',
  where,
});
