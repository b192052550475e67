import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { excludingNobody } from '../defects/weak-devices.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { hidingRefusals } from './hidden-refusals.ts';
import { expectClosed, expectNoKeys, expectRefusal, keysTo, refusalsTo } from './withheld.ts';

/** Whoever is left out should know why, and not take it for a fault. */
export const unverifiedPolicy: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.unverified-policy',
    title: 'Wer nur an bestätigte Geräte sendet, gibt anderen keine Schlüssel und sagt ihnen, warum.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#reporting-that-decryption-keys-are-withheld',
    standing: 'normative',
    rows: ['e2e-unverified-policy'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice schließt niemanden aus.',
      defect: excludingNobody('alice'),
      expectFinding: 'read-anyway',
    },
    {
      title: 'Der Server verschweigt bob die Absage.',
      defect: hidingRefusals,
      expectFinding: 'reason-hidden',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const before = await bob.waitForMessage(roomId, await alice.sendText(roomId, `Vorher ${context.random.word(12)}`));
    if (before.kind !== 'decrypted')
      return inconclusive('void: Schon vor dem Ausschluss war die Nachricht nicht lesbar.');
    alice.sendOnlyToVerified(true);
    const since = context.wire.deliveries.length;
    const closed = await bob.waitForMessage(roomId, await alice.sendText(roomId, `Nachher ${context.random.word(12)}`));
    return outcomeOf(
      [
        ...expectNoKeys(keysTo(context, { from: alice, to: bob, since }), 'alice → bob'),
        ...expectRefusal(refusalsTo(context, alice, bob), 'm.unverified', 'alice → bob'),
        ...expectClosed(closed, ['MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE'], 'bob'),
      ],
      'Keine Schlüssel, eine Absage auf dem Draht; bob sieht, dass es an der fehlenden Bestätigung liegt.',
    );
  },
};
