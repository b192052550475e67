import type { Finding } from '../../../core/model/finding.ts';
import type { EncryptionContext } from '../context.ts';
import type { Meeting } from '../meeting.ts';

/** To replace an identity takes the password, so bob's account is one that has one. */
export async function meetWithPassword(context: EncryptionContext): Promise<Meeting> {
  const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob', { kind: 'ordinary' })]);
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  return { alice, bob, roomId };
}

export const expectThat = (isSo: boolean, finding: Finding): readonly Finding[] => (isSo ? [] : [finding]);

export const changeHidden: Finding = {
  code: 'change-hidden',
  title: 'Das Gerät zeigt nicht an, dass eine Person eine andere Identität hat als bisher.',
  expected: 'Der Wechsel der Identität wird angezeigt.',
  observed: 'Er wird innerhalb der Frist nicht angezeigt.',
  where: 'alice über bob',
};
