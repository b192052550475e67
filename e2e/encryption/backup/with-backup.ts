import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { DeviceWish, EncryptionContext } from '../context.ts';
import { meetInEncryptedRoom } from '../meeting.ts';

export interface BackedUp {
  readonly alice: CryptoDevice;
  readonly bob: CryptoDevice;
  readonly roomId: string;
  readonly text: string;
  readonly eventId: string;
  readonly recoveryKey: string;
}

/** Alice has read a message of bob's, and its key is in her backup. */
export async function meetWithBackup(context: EncryptionContext): Promise<BackedUp | undefined> {
  const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
  const text = `Aus früherer Zeit ${context.random.word(12)}`;
  const eventId = await bob.sendText(roomId, text);
  const state = await alice.waitForMessage(roomId, eventId);
  if (state.kind !== 'decrypted') return undefined;
  return { alice, bob, roomId, text, eventId, recoveryKey: await alice.setUpBackup() };
}

/** A further device of alice's, which sees the room and has no key of its past. */
export async function newDeviceOfAlice(
  context: EncryptionContext,
  roomId: string,
  wish: Omit<DeviceWish, 'name'> = {},
): Promise<CryptoDevice> {
  const phone = await context.device('alice', { name: 'Telefon', ...wish });
  await phone.waitForRoom(roomId);
  return phone;
}
