import type { UserState } from '../user-state.ts';

/** Half of what an Olm account can hold; clients keep so many at the homeserver. */
export const fullStock = 50;

interface KeyUpload {
  readonly device: boolean;
  /** One-time keys. */
  readonly count: number;
  /** Number of the first one. */
  readonly from: number;
}

/** Body of POST /keys/upload in the shape and size of real keys; no key and no signature is one. */
export function keyUpload(user: UserState, { device, count, from }: KeyUpload): object {
  const signedKeys = Array.from({ length: count }, (_, index): [string, object] => [
    `signed_curve25519:${keyName(from + index)}`,
    signedKey(user, {}),
  ]);
  return {
    ...(device && { device_keys: deviceKeys(user) }),
    one_time_keys: Object.fromEntries(signedKeys),
    fallback_keys: { [`signed_curve25519:${keyName(from + count)}`]: signedKey(user, { fallback: true }) },
  };
}

/** As Olm names its keys: a counter of six characters. */
const keyName = (index: number): string => `AAA${index.toString(36).padStart(5, '0')}`;

function signedKey(user: UserState, mark: object): object {
  return { key: user.shared.filler(43), ...mark, signatures: signature(user) };
}

function deviceKeys(user: UserState): object {
  const { deviceId, row, shared } = user;
  return {
    algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
    device_id: deviceId,
    user_id: row.userId,
    keys: { [`curve25519:${deviceId}`]: shared.filler(43), [`ed25519:${deviceId}`]: shared.filler(43) },
    signatures: signature(user),
  };
}

const signature = ({ row, deviceId, shared }: UserState): object => ({
  [row.userId]: { [`ed25519:${deviceId}`]: shared.filler(86) },
});
