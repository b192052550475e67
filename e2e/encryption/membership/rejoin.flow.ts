import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { catchUp, deliver, threeInEncryptedRoom } from '../meeting.ts';
import { hidingDeparturesFrom } from '../rotation/hidden-departures.ts';
import { expectClosed } from './past.ts';

/** To come back does not give back what was said in between. */
export const rejoin: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.rejoin',
    title: 'Was gesendet wurde, während jemand nicht im Raum war, bleibt nach der Rückkehr verschlossen.',
    requirements: ['VE-13', 'VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-rejoin'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt alice, dass bob den Raum verlassen hat.',
      defect: hidingDeparturesFrom('alice'),
      expectFinding: 'past-readable',
    },
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'past-readable',
    },
  ],
  run: async (context) => {
    const trio = await threeInEncryptedRoom(context, { isPublic: true });
    const { alice, bob, roomId } = trio;
    await deliver({ from: alice, to: bob, roomId, text: `Vor dem Austritt ${context.random.word(12)}` });
    await bob.leave(roomId);
    if (!(await catchUp(context, trio))) return inconclusive('Das Gerät hat den Austritt nicht gesehen.');
    const eventId = await alice.sendText(roomId, `In der Abwesenheit ${context.random.word(12)}`);
    // Without an invitation: with one, a client may hand on keys of a shared past.
    await bob.joinPublicRoom(roomId);
    if (!(await catchUp(context, trio))) return inconclusive('Das Gerät hat die Rückkehr nicht gesehen.');
    const control = await deliver({
      from: alice,
      to: bob,
      roomId,
      text: `Nach der Rückkehr ${context.random.word(12)}`,
    });
    const findings = await expectClosed({ device: bob, roomId, eventId, when: 'während seiner Abwesenheit' });
    if (control.length > 0 && findings.length === 0) {
      return inconclusive('void: Auch nach der Rückkehr kam keine Nachricht lesbar an.');
    }
    return outcomeOf(
      findings,
      'Die Nachricht aus der Abwesenheit bleibt geschlossen; die spätere wurde entschlüsselt.',
    );
  },
};
