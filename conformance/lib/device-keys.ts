import type { Session } from '../../core/model/bench.ts';
import type { Random } from '../../core/random.ts';
import { createSigningKey, publicExchangeKey } from './curve-keys.ts';

/** Public keys of a device as a client publishes them. They come from the seed and protect nothing. */
export interface DeviceKeys {
  readonly deviceKeys: Readonly<Record<string, unknown>>;
  /** `count` further one-time keys, signed; names never repeat. */
  oneTimeKeys(count: number): Readonly<Record<string, unknown>>;
}

export const signedCurve = 'signed_curve25519';

export function createDeviceKeys(
  { userId, deviceId }: Pick<Session, 'userId' | 'deviceId'>,
  random: Random,
): DeviceKeys {
  const signing = createSigningKey(random);
  const signed = (content: Readonly<Record<string, unknown>>) =>
    signing.signed(content, { name: userId, keyName: deviceId });
  let made = 0;
  const oneTimeKey = (): [string, unknown] => {
    made++;
    const id = Buffer.from([made >> 16, made >> 8, made]).toString('base64url');
    return [`${signedCurve}:${id}`, signed({ key: publicExchangeKey(random) })];
  };
  return {
    deviceKeys: signed({
      user_id: userId,
      device_id: deviceId,
      algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
      keys: {
        [`curve25519:${deviceId}`]: publicExchangeKey(random),
        [`ed25519:${deviceId}`]: signing.publicKey,
      },
    }),
    oneTimeKeys: (count) => Object.fromEntries(Array.from({ length: count }, oneTimeKey)),
  };
}
