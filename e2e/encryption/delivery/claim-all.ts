import type { ClaimedKey, CryptoDevice } from '../../lib/crypto-device.ts';

/** More than any client keeps in store. */
const mostKeys = 200;

/** Takes the keys of a device until the one for the case of need comes, or none. */
export async function claimAll(by: CryptoDevice, { userId, deviceId }: CryptoDevice): Promise<readonly ClaimedKey[]> {
  const claimed: ClaimedKey[] = [];
  while (claimed.length < mostKeys) {
    const key = await by.claimKey(userId, deviceId);
    if (key === undefined) break;
    claimed.push(key);
    if (key.isFallback) break;
  }
  return claimed;
}
