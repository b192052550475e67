import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { deliver, read } from '../meeting.ts';
import { closingHistoryFor } from './hidden-members.ts';

/**
 * The server has taken the invitation, and the device that invited may not have it back from /sync yet. With a shared past
 * the invitation itself hands on the key in use; without one the message may be lost, whatever the homeserver does.
 */
export const inviteRace: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.invite-race',
    title:
      'Bei geteiltem Verlauf ist eine Nachricht unmittelbar nach einer Einladung auch für die Eingeladenen lesbar.',
    requirements: ['VE-13', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'informative',
    rows: ['e2e-invite-race'],
  },
  counterexamples: [
    {
      title: 'Der Server gibt alice vor, der Verlauf stehe nur Beigetretenen offen.',
      defect: closingHistoryFor('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob')]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [] });
    await alice.sendText(roomId, `Vor der Einladung ${context.random.word(12)}`);
    const text = `Sofort nach der Einladung ${context.random.word(12)}`;
    await alice.invite(roomId, bob.userId);
    const eventId = await alice.sendText(roomId, text);
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const control = await deliver({
      from: alice,
      to: bob,
      roomId,
      text: `Nach dem Beitritt ${context.random.word(12)}`,
    });
    if (control.length > 0) return inconclusive('void: Auch nach dem Beitritt kam keine Nachricht lesbar an.');
    return outcomeOf(
      await read({ from: alice, to: bob, roomId, text, eventId }),
      'Die Nachricht von unmittelbar nach der Einladung wurde entschlüsselt.',
    );
  },
};
