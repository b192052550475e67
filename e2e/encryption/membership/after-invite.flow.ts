import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { deliver, read } from '../meeting.ts';
import { closingHistoryFor, hidingInvitesFrom } from './hidden-members.ts';

/** Who is invited gets keys before joining, as far as the room's history is open to who was invited. */
export const afterInvite: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.after-invite',
    title: 'Was nach einer Einladung und vor dem Beitritt gesendet wird, kann die eingeladene Person lesen.',
    requirements: ['VE-13', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-after-invite'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt alice, dass jemand eingeladen ist.',
      defect: hidingInvitesFrom('alice'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server gibt alice vor, der Verlauf stehe nur Beigetretenen offen.',
      defect: closingHistoryFor('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob')]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    const text = `Nach der Einladung ${context.random.word(12)}`;
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
      'Die Nachricht von vor dem Beitritt wurde entschlüsselt.',
    );
  },
};
