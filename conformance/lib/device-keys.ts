import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Session } from '../../core/model/bench.ts';
import type { Random } from '../../core/random.ts';
import { canonicalJson } from './json.ts';

/** Public keys of a device as a client publishes them. They come from the seed and protect nothing. */
export interface DeviceKeys {
  readonly deviceKeys: Readonly<Record<string, unknown>>;
  /** `count` further one-time keys, signed; names never repeat. */
  oneTimeKeys(count: number): Readonly<Record<string, unknown>>;
}

export const signedCurve = 'signed_curve25519';

export function createDeviceKeys({ userId, deviceId }: Session, random: Random): DeviceKeys {
  const signing = privateKey('ed25519', random);
  const signed = (content: Readonly<Record<string, unknown>>) => {
    const signature = unpadded(sign(null, Buffer.from(canonicalJson(content)), signing));
    return { ...content, signatures: { [userId]: { [`ed25519:${deviceId}`]: signature } } };
  };
  let made = 0;
  const oneTimeKey = (): [string, unknown] => {
    const id = Buffer.from([0, 0, ++made]).toString('base64url');
    return [`${signedCurve}:${id}`, signed({ key: publicText(privateKey('x25519', random)) })];
  };
  return {
    deviceKeys: signed({
      user_id: userId,
      device_id: deviceId,
      algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
      keys: {
        [`curve25519:${deviceId}`]: publicText(privateKey('x25519', random)),
        [`ed25519:${deviceId}`]: publicText(signing),
      },
    }),
    oneTimeKeys: (count) => Object.fromEntries(Array.from({ length: count }, oneTimeKey)),
  };
}

// What stands before the 32 bytes in a private key of PKCS #8 (RFC 8410).
const heads = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' };

function privateKey(kind: keyof typeof heads, random: Random): KeyObject {
  const secret = Uint8Array.from({ length: 32 }, () => random.below(256));
  const key = Buffer.concat([Buffer.from(heads[kind], 'hex'), secret]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function publicText(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return unpadded(der.subarray(-32));
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
