import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import { exchange } from './exchange.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const after = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

/** As far as an exchange uses it. */
const device = (person: string): CryptoDevice =>
  ({
    person,
    sendText: () => after(10, '$1'),
    waitForArrival: () => after(20, true),
    waitForMessage: () => after(5, { kind: 'decrypted', text: '' }),
  }) as unknown as CryptoDevice;

const readingsOf = async (messages: number, isWriting: () => boolean) => {
  const meeting = { alice: device('alice'), bob: device('bob'), roomId: '!r' };
  const running = exchange(meeting, { messages, load: { isWriting } });
  await vi.runAllTimersAsync();
  return running;
};

test('what the way took is told apart from what decryption took', async () => {
  const readings = await readingsOf(8, () => true);
  expect(readings).toHaveLength(8);
  for (const reading of readings) expect(reading).toMatchObject({ deliveryMs: 30, decryptionMs: 5, isUnderLoad: true });
});

test('a message that was read when the others had ended was not under load', async () => {
  const begun = performance.now();
  const readings = await readingsOf(16, () => performance.now() - begun < 60);
  expect(readings.map(({ isUnderLoad }) => isUnderLoad).filter(Boolean)).toHaveLength(8);
});
