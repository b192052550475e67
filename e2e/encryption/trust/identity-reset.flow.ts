import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { trustingUnseen } from '../defects/weak-devices.ts';
import { deliver, read } from '../meeting.ts';
import { sessionsOf } from '../sessions.ts';
import { confirmSame } from '../verification/comparison.ts';
import { askBob, mutualTrustAfter } from '../verification/pairs.ts';
import { hidingNewIdentitiesFrom } from './hidden-identities.ts';
import { changeHidden, expectThat, meetWithPassword } from './replaced-identity.ts';

/** Whoever was verified and suddenly has another identity may be somebody else: nothing is sent until a person has decided. */
export const identityReset: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.identity-reset',
    title:
      'Setzt eine bestätigte Person ihre Identität zurück, gilt sie nicht mehr als bestätigt, der Wechsel wird angezeigt, und gesendet wird erst nach Zustimmung.',
    requirements: ['VE-07'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#recommended-client-behaviour',
    standing: 'normative',
    rows: ['e2e-trust-reset'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt alice, dass bob eine neue Identität hat.',
      defect: hidingNewIdentitiesFrom('alice'),
      expectFinding: 'change-hidden',
    },
    {
      title: 'Das Gerät von alice hält bob weiter für bestätigt.',
      defect: trustingUnseen('alice'),
      expectFinding: 'still-trusted',
    },
    {
      title: 'Das Gerät von alice sendet trotz des Wechsels.',
      defect: { person: 'alice', skips: 'visibleChange', weakened: () => ({ refuseBrokenTrust: () => {} }) },
      expectFinding: 'sent-anyway',
    },
    {
      title: 'Das Gerät von alice sendet auch nach der Zustimmung nicht.',
      defect: { person: 'alice', skips: 'visibleChange', weakened: () => ({ acceptIdentity: async () => {} }) },
      expectFinding: 'still-refused',
    },
  ],
  run: async (context) => {
    const text = () => `Prüfnachricht ${context.random.word(12)}`;
    const meeting = await meetWithPassword(context);
    const { alice, bob, roomId } = meeting;
    alice.refuseBrokenTrust(true);
    const broken = await confirmSame(await askBob(meeting));
    if (broken.length > 0 || !Object.values(await mutualTrustAfter(meeting)).every(Boolean))
      return inconclusive('void: Schon vor dem Wechsel konnten die beiden einander nicht bestätigen.');
    if ((await deliver({ from: alice, to: bob, roomId, text: text() })).length > 0)
      return inconclusive('void: Schon vor dem Wechsel kam keine Nachricht lesbar an.');
    await bob.resetIdentity();
    const isShown = await alice.waitForIdentityChange(bob.userId);
    const isTrusted = await alice.hasVerified(bob.userId);
    const sentBefore = sessionsOf(context, alice, roomId).length;
    const refused = await alice.sendUnlessRefused(roomId, text());
    const isSent = refused.kind === 'sent' || sessionsOf(context, alice, roomId).length > sentBefore;
    await alice.acceptIdentity(bob.userId);
    const accepted = { from: alice, to: bob, roomId, text: text() };
    const sending = await alice.sendUnlessRefused(roomId, accepted.text);
    return outcomeOf(
      [
        ...expectThat(isShown, changeHidden),
        ...expectThat(!isTrusted, stillTrusted),
        ...expectThat(!isSent, sentAnyway),
        ...(sending.kind === 'refused' ? [stillRefused] : await read({ ...accepted, eventId: sending.eventId })),
      ],
      `Wechsel angezeigt, Bestätigung verloren, Senden verweigert (${refused.kind === 'refused' ? refused.reason : '–'}); nach der Zustimmung kam die Nachricht lesbar an.`,
    );
  },
};

const stillTrusted: Finding = {
  code: 'still-trusted',
  title: 'Eine Person gilt mit ihrer neuen, ungeprüften Identität weiter als bestätigt.',
  expected: 'Die frühere Bestätigung ist verloren.',
  observed: 'Die Person gilt als bestätigt.',
  where: 'alice über bob',
};

const sentAnyway: Finding = {
  code: 'sent-anyway',
  title: 'Das Gerät sendet an eine Person mit gewechselter Identität, ohne dass jemand zugestimmt hat.',
  expected: 'Das Gerät verweigert das Senden, bis dem Wechsel zugestimmt wurde.',
  observed: 'Die Nachricht ging hinaus.',
  where: 'alice → bob',
};

const stillRefused: Finding = {
  code: 'still-refused',
  title: 'Das Gerät sendet auch nicht, nachdem dem Wechsel der Identität zugestimmt wurde.',
  expected: 'Nach der Zustimmung wird wieder gesendet.',
  observed: 'Das Gerät verweigert das Senden.',
  where: 'alice → bob',
};
