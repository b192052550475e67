import type { Finding } from '../../../core/model/finding.ts';
import { type CheckOutcome, inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionContext } from '../context.ts';
import { claimAll } from '../delivery/claim-all.ts';
import { read } from '../meeting.ts';
import { expectReplenished, letLook, replenishes } from './fresh-keys.ts';

const roundsMore = 10;

/** Somebody uses up all keys of bob's device while it is off; it reads, and does not live on with the key for the case of need. `when` says in German by when. */
export async function observeRenewal(context: EncryptionContext, when: string): Promise<CheckOutcome> {
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
  const people = { owner: again, writer: alice, claimer: dora, roomId };
  const isFresh = await replenishes(context, people);
  // Time to replace the other key too, if the device means to.
  for (let round = 0; round < roundsMore; round += 1) await letLook(context, people);
  await again[Symbol.asyncDispose]();
  const after = (await claimAll(dora, bob)).at(-1);
  return outcomeOf(
    [
      ...expectReplenished(isFresh, 'dem Verbrauch aller Einmalschlüssel'),
      ...expectOther(before.keyId, after?.isFallback ? after.keyId : undefined, when),
    ],
    `Nachricht über den Ersatzschlüssel gelesen; danach neue Einmalschlüssel und ${when} ein neuer Ersatzschlüssel.`,
  );
}

/** No counterexample: the untouched library gives cause for this finding, as the table of known deviations says. */
const expectOther = (before: string, after: string | undefined, when: string): readonly Finding[] =>
  after !== undefined && after !== before
    ? []
    : [
        {
          code: 'fallback-kept',
          title: `Das Gerät erneuert seinen gebrauchten Ersatzschlüssel ${when} nicht.`,
          expected:
            'Beim nächsten Verbrauch aller Einmalschlüssel gibt der Server einen anderen Ersatzschlüssel heraus.',
          observed: after === undefined ? 'Es gab keinen Ersatzschlüssel mehr.' : 'Es war derselbe Ersatzschlüssel.',
          where: `/keys/claim, ${when}`,
        },
      ];
