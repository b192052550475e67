import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { deliver } from '../meeting.ts';
import { hidingPastFrom } from './hidden-members.ts';
import { expectClosed, expectVisible } from './past.ts';

/** A shared past shows that something was said, not what: keys begin with the joining. */
export const historyPublic: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.history-public',
    title: 'Wer einem Raum mit geteiltem Verlauf beitritt, sieht frühere Ereignisse und kann sie nicht entschlüsseln.',
    requirements: ['VE-13'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-history-public'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'past-readable',
    },
    {
      title: 'Der Server zeigt bob nicht, was vor seinem Beitritt gesendet wurde.',
      defect: hidingPastFrom('bob'),
      expectFinding: 'past-absent',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob')]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [], isPublic: true });
    const eventId = await alice.sendText(roomId, `Vor dem Beitritt ${context.random.word(12)}`);
    await bob.joinPublicRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const control = await deliver({
      from: alice,
      to: bob,
      roomId,
      text: `Nach dem Beitritt ${context.random.word(12)}`,
    });
    const past = { device: bob, roomId, eventId, when: 'vor seinem Beitritt' };
    const findings = [...(await expectVisible(past)), ...(await expectClosed(past))];
    if (control.length > 0 && findings.length === 0) {
      return inconclusive('void: Auch nach dem Beitritt kam keine Nachricht lesbar an.');
    }
    return outcomeOf(findings, 'Das frühere Ereignis ist da und bleibt geschlossen; das spätere wurde entschlüsselt.');
  },
};
