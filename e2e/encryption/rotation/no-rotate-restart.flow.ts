import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { expectKept, sessionsOf } from '../sessions.ts';

/** A program that is ended and started again goes on with the keys it had. */
export const noRotateRestart: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.no-rotate-restart',
    title: 'Ein Neustart des Clients wechselt keinen Sitzungsschlüssel.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-no-rotate'],
  },
  counterexamples: [
    {
      title: 'Das Gerät verwirft beim Neustart den Schlüssel, mit dem es sendet.',
      defect: {
        person: 'alice',
        skips: 'dueRenewal',
        weakened: ({ forgetSession }) => ({ waitForRoom: forgetSession }),
      },
      expectFinding: 'rotated-needlessly',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice', { stored: true }), context.device('bob')]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    await alice.sendText(roomId, `Vorher ${context.random.word(12)}`);
    const again = await context.restarted(alice);
    await again.waitForRoom(roomId);
    await again.sendText(roomId, `Nachher ${context.random.word(12)}`);
    const [before, after] = sessionsOf(context, alice, roomId);
    if (after === undefined) return inconclusive('Nicht alle Nachrichten waren auf dem Draht zu sehen.');
    return outcomeOf(
      expectKept({ before, after, when: 'der Client neu gestartet wurde' }),
      'Derselbe Schlüssel vor und nach dem Neustart.',
    );
  },
};
