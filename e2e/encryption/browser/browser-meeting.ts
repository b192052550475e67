import { RigError } from '../../../core/model/rig-error.ts';
import type { BrowserSide, CryptoDevice } from '../../lib/crypto-device.ts';
import type { DeviceWish, EncryptionContext } from '../context.ts';
import type { Meeting } from '../meeting.ts';

/** Like `meetInEncryptedRoom`, with alice in a browser. */
export async function meetWithBrowser(
  context: EncryptionContext,
  wish: Omit<DeviceWish, 'name' | 'runsIn' | 'stored'> = {},
): Promise<Meeting> {
  const [alice, bob] = await Promise.all([
    context.device('alice', { ...wish, runsIn: 'browser' }),
    context.device('bob'),
  ]);
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  return { alice, bob, roomId };
}

export function browserSideOf({ browser }: CryptoDevice): BrowserSide {
  if (browser === undefined) throw new RigError('defect', 'the device runs in no browser');
  return browser;
}
