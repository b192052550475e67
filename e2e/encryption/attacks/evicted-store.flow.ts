import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { countingRequests } from '../../lib/request-count.ts';
import type { EncryptionFlow } from '../context.ts';
import { expectShown, hidingClosed } from './shown.ts';

/** Browsers throw stored keys away when room runs short; the person stays logged in and must learn what was lost. */
export const evictedStore: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.evicted-store',
    title:
      'Verliert ein angemeldetes Gerät seine gespeicherten Schlüssel, zeigt es, welche Nachrichten es nicht lesen kann.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption',
    standing: 'normative',
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Das Gerät von bob verschweigt eine frühere Nachricht, deren Schlüssel verloren ist.',
      defect: { person: 'bob', skips: 'frankness', weakened: hidingClosed(1) },
      expectFinding: 'past-hidden',
    },
    {
      title: 'Das Gerät von bob verschweigt eine neue Nachricht, die es nicht lesen kann.',
      defect: { person: 'bob', skips: 'frankness', weakened: hidingClosed(2) },
      expectFinding: 'silently-lost',
    },
  ],
  run: async (context) => {
    const uploads = countingRequests('POST', '/keys/upload');
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.device('bob', { stored: true, between: uploads.between }),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const text = `Vor dem Verlust ${context.random.word(12)}`;
    const eventId = await alice.sendText(roomId, text);
    const before = await bob.waitForMessage(roomId, eventId);
    if (before.kind !== 'decrypted')
      return inconclusive('void: Schon vor dem Verlust war die Nachricht nicht zu lesen.');
    const uploadsBefore = uploads.count();
    const again = await context.evicted(bob);
    await again.waitForRoom(roomId);
    const past = await again.stateOf(roomId, eventId);
    if (past.kind === 'decrypted') return inconclusive('void: Die Schlüssel waren nicht verloren.');
    const present = await again.stateOf(roomId, await alice.sendText(roomId, `Danach ${context.random.word(12)}`));
    return outcomeOf(
      [
        ...expectShown(past, 'past-hidden', 'eine frühere Nachricht, deren Schlüssel verloren ist'),
        ...expectShown(present, 'silently-lost', 'eine neue Nachricht nach dem Verlust seiner Schlüssel'),
      ],
      `Frühere Nachricht: ${past.kind}, neue Nachricht: ${present.kind}; ${uploads.count() - uploadsBefore} Versuche, neue Schlüssel hochzuladen.`,
    );
  },
};
