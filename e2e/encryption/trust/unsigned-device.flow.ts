import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { hidingRefusals } from './hidden-refusals.ts';
import { describeReception, expectRefused, isReadWithoutWarning, receive } from './warnings.ts';
import { expectClosed, expectNoKeys, expectRefusal, keysTo, refusalsTo } from './withheld.ts';

/** A homeserver can add devices to people, but must not listen through them. */
export const unsignedDevice: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.unsigned-device',
    title:
      'Ein eingeschobenes, nicht unterschriebenes Gerät bekommt keine Schlüssel, und seine Nachrichten bleiben unlesbar oder tragen eine Warnung.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#recommended-client-behaviour',
    standing: 'normative',
    rows: ['e2e-unsigned-device'],
    attacks: [2],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice schließt nicht unterschriebene Geräte nicht aus.',
      defect: { person: 'alice', skips: 'exclusion', weakened: () => ({ sendOnlyToSigned: () => {} }) },
      expectFinding: 'keys-sent',
    },
    {
      title: 'Das Gerät von alice warnt nicht vor Nachrichten eines nicht unterschriebenen Geräts.',
      defect: { person: 'alice', skips: 'warning', weakened: () => ({ shieldOf: async () => ({ colour: 'none' }) }) },
      expectFinding: 'accepted',
    },
    {
      title: 'Der Server verschweigt dem Gerät die Absage.',
      defect: hidingRefusals,
      expectFinding: 'reason-hidden',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    // Whoever runs the homeserver can log in for bob, but not sign in his name.
    const phantom = await context.device('bob', { name: 'Phantom' });
    await phantom.waitForRoom(roomId);
    const honest = await receive(alice, roomId, await bob.sendText(roomId, `Ehrlich ${context.random.word(12)}`));
    if (!isReadWithoutWarning(honest))
      return inconclusive(`void: Schon die ehrliche Nachricht: ${describeReception(honest)}.`);
    const shown = await receive(alice, roomId, await phantom.sendText(roomId, `Phantom ${context.random.word(12)}`));
    alice.sendOnlyToSigned(true);
    const since = context.wire.deliveries.length;
    const eventId = await alice.sendText(roomId, `Nachher ${context.random.word(12)}`);
    const [open, closed] = await Promise.all([bob, phantom].map((device) => device.waitForMessage(roomId, eventId)));
    if (open?.kind !== 'decrypted' || closed === undefined)
      return inconclusive('void: Auch das unterschriebene Gerät konnte nicht lesen.');
    return outcomeOf(
      [
        ...expectRefused(shown, 'Phantom → alice'),
        ...expectNoKeys(keysTo(context, { from: alice, to: phantom, since }), 'alice → Phantom'),
        ...expectRefusal(refusalsTo(context, alice, phantom), 'm.unverified', 'alice → Phantom'),
        ...expectClosed(closed, ['MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE', 'MEGOLM_KEY_WITHHELD'], 'Phantom'),
      ],
      `Nachricht des Phantoms: ${describeReception(shown)}; an das Phantom: keine Schlüssel, eine Absage; das unterschriebene Gerät liest.`,
    );
  },
};
