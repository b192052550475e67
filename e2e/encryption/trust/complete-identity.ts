import type { Finding } from '../../../core/model/finding.ts';
import { type Alteration, alterJson, isJsonObject } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';

/** The homeserver keeps everybody's identity from bob. */
export const hidingIdentities: Alteration = ({ device, answer }) =>
  device === 'bob'
    ? alterJson(answer, (object) =>
        'master_keys' in object ? { ...object, master_keys: {}, self_signing_keys: {} } : object,
      )
    : answer;

/** Of the signatures under a device bob sees only the one it puts under its own keys. */
export const hidingOwnersSignatures: Alteration = ({ device, answer }) =>
  device === 'bob'
    ? alterJson(answer, (object) => {
        const { device_id: deviceId, user_id: userId, signatures } = object;
        if (typeof deviceId !== 'string' || !isJsonObject(signatures)) return object;
        const own = signatures[String(userId)];
        const key = `ed25519:${deviceId}`;
        return isJsonObject(own) ? { ...object, signatures: { [String(userId)]: { [key]: own[key] } } } : object;
      })
    : answer;

/** The owner holds all keys of her identity, and others find it and the signature under her device. */
export async function expectIdentity(owner: CryptoDevice, other: CryptoDevice): Promise<readonly Finding[]> {
  const isComplete = await owner.isIdentityReady();
  const isKnown = await other.knowsIdentityOf(owner.userId);
  const isSigned = isKnown && (await other.waitForSignature(owner.userId, owner.deviceId));
  const where = `${other.person} über ${owner.person}`;
  return [
    ...(isComplete
      ? []
      : [missing('keys-missing', owner.person, 'Das Gerät hält alle drei Schlüssel der eigenen Identität.')]),
    ...(isKnown ? [] : [missing('no-identity', where, 'Andere finden die Identität beim Server.')]),
    ...(isSigned || !isKnown
      ? []
      : [missing('device-not-signed', where, 'Das Gerät ist mit der Identität der Person unterschrieben.')]),
  ];
}

const missing = (code: string, where: string, expected: string): Finding => ({
  code,
  title: 'Die Identität einer Person ist nicht vollständig eingerichtet.',
  expected,
  observed: 'Das ist nicht der Fall.',
  where,
});
