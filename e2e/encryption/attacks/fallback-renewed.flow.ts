import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { claimAll } from '../delivery/claim-all.ts';
import { losingToDeviceFor } from '../delivery/key-answers.ts';
import { read } from '../meeting.ts';
import { onlyFallbackForDora } from './claim-answers.ts';
import { expectReplenished, replenishes } from './fresh-keys.ts';

/** Somebody uses up all keys of bob's device while it is off; it reads, and does not live on with the key for the case of need. */
export const fallbackRenewed: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.fallback-renewed',
    title:
      'Nach dem Verbrauch aller Einmalschlüssel erneuert das Gerät seine Einmalschlüssel und seinen Ersatzschlüssel.',
    requirements: ['VE-19'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload',
    // It says should, and libraries differ on purpose: some renew the key only after a week.
    standing: 'informative',
    attacks: [14],
  },
  counterexamples: [
    {
      title: 'Der Server gibt nur noch Ersatzschlüssel heraus.',
      defect: onlyFallbackForDora,
      expectFinding: 'not-replenished',
    },
    {
      title: 'Der Server verliert, was an das Gerät von bob geht.',
      defect: losingToDeviceFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const [alice, bob, dora] = await Promise.all([
      context.device('alice'),
      context.device('bob', { stored: true }),
      context.device('dora'),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    await bob[Symbol.asyncDispose]();
    const before = (await claimAll(dora, bob)).at(-1);
    if (!before?.isFallback) return inconclusive('void: Der Server gab keinen Ersatzschlüssel heraus.');
    const text = `Über den Ersatzschlüssel ${context.random.word(12)}`;
    const eventId = await alice.sendText(roomId, text);
    const again = await context.restarted(bob);
    await again.waitForRoom(roomId);
    const unread = await read({ from: alice, to: again, roomId, text, eventId });
    if (unread.length > 0) return outcomeOf(unread, '');
    const isFresh = await replenishes(context, { owner: again, writer: alice, claimer: dora, roomId });
    await again[Symbol.asyncDispose]();
    const after = (await claimAll(dora, bob)).at(-1);
    return outcomeOf(
      [
        ...expectReplenished(isFresh, 'dem Verbrauch aller Einmalschlüssel'),
        ...expectOther(before.keyId, after?.isFallback ? after.keyId : undefined),
      ],
      'Nachricht über den Ersatzschlüssel gelesen; danach neue Einmalschlüssel und ein neuer Ersatzschlüssel.',
    );
  },
};

const expectOther = (before: string, after: string | undefined): readonly Finding[] =>
  after !== undefined && after !== before
    ? []
    : [
        {
          code: 'fallback-kept',
          title: 'Das Gerät erneuert seinen Ersatzschlüssel nicht, nachdem er gebraucht wurde.',
          expected:
            'Beim nächsten Verbrauch aller Einmalschlüssel gibt der Server einen anderen Ersatzschlüssel heraus.',
          observed: after === undefined ? 'Es gab keinen Ersatzschlüssel mehr.' : 'Es war derselbe Ersatzschlüssel.',
          where: '/keys/claim',
        },
      ];
