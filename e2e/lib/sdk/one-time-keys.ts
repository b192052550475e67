import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';

/** Keys of others that are given out once. */
export function oneTimeKeysOf(client: MatrixClient, { call }: DeviceTools): Pick<CryptoDevice, 'claimKey'> {
  return {
    claimKey: async (userId, deviceId) => {
      const answer = await call('keys/claim', () => client.claimOneTimeKeys([[userId, deviceId]]));
      const [entry] = Object.entries(answer.one_time_keys[userId]?.[deviceId] ?? {});
      if (entry === undefined) return undefined;
      const [keyId, key] = entry;
      return { keyId, isFallback: typeof key === 'object' && 'fallback' in key && key.fallback === true };
    },
  };
}
