import type { Disturbance } from '../../lib/disturbance.ts';
import type { EncryptionContext } from '../context.ts';
import type { Meeting } from '../meeting.ts';

/** Like `meetInEncryptedRoom`, with a disturbance between bob's device and the homeserver. */
export async function meetWithBob(
  context: EncryptionContext,
  { between }: Pick<Disturbance, 'between'>,
): Promise<Meeting> {
  const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob', { between })]);
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  return { alice, bob, roomId };
}
