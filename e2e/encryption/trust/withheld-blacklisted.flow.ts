import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { deliver, meetInEncryptedRoom } from '../meeting.ts';
import { hidingRefusals } from './hidden-refusals.ts';
import { expectClosed, expectNoKeys, expectRefusal, keysTo, refusalsTo } from './withheld.ts';

/** Whoever is shut out by a person's decision is told so, and cannot read on with the keys from before. */
export const withheldBlacklisted: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.withheld-blacklisted',
    title: 'Ein gesperrtes Gerät bekommt keine Schlüssel mehr und erfährt, dass ihm Schlüssel vorenthalten werden.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#reporting-that-decryption-keys-are-withheld',
    standing: 'normative',
    rows: ['e2e-withheld'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice sperrt niemanden.',
      defect: { person: 'alice', skips: 'exclusion', weakened: () => ({ blockDevice: async () => {} }) },
      expectFinding: 'read-anyway',
    },
    {
      title: 'Das Gerät von alice gibt vor, es fehle nur an der Bestätigung.',
      defect: {
        person: 'alice',
        skips: 'exclusion',
        weakened: ({ sendOnlyToVerified }) => ({ blockDevice: async () => sendOnlyToVerified(true) }),
      },
      expectFinding: 'other-code',
    },
    {
      title: 'Der Server verschweigt bob die Absage.',
      defect: hidingRefusals,
      expectFinding: 'reason-hidden',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const before = { from: alice, to: bob, roomId, text: `Vorher ${context.random.word(12)}` };
    if ((await deliver(before)).length > 0)
      return inconclusive('void: Schon vor der Sperre war die Nachricht nicht lesbar.');
    await alice.blockDevice(bob.userId, bob.deviceId);
    const since = context.wire.deliveries.length;
    const closed = await bob.waitForMessage(roomId, await alice.sendText(roomId, `Nachher ${context.random.word(12)}`));
    return outcomeOf(
      [
        ...expectNoKeys(keysTo(context, { from: alice, to: bob, since }), 'alice → bob'),
        ...expectRefusal(refusalsTo(context, alice, bob), 'm.blacklisted', 'alice → bob'),
        ...expectClosed(closed, ['MEGOLM_KEY_WITHHELD'], 'bob'),
      ],
      'Keine Schlüssel, eine Absage mit m.blacklisted auf dem Draht; bob sieht, dass ihm der Schlüssel vorenthalten wird.',
    );
  },
};
