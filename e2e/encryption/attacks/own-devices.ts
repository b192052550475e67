import type { CryptoDevice } from '../../lib/crypto-device.ts';
import { agree, confirmSame } from '../verification/comparison.ts';

/** A person compares emojis on her first device and on another of hers; whether both came to the end. */
export async function isVerifiedBy(first: CryptoDevice, other: CryptoDevice): Promise<boolean> {
  await first.devicesOf(first.userId);
  const asker = await other.requestOwnVerification();
  const answerer = await first.waitForVerification();
  return (await agree({ asker, answerer })) && (await confirmSame({ asker, answerer })).length === 0;
}
