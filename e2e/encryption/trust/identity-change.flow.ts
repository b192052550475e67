import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { deliver } from '../meeting.ts';
import { hidingNewIdentitiesFrom } from './hidden-identities.ts';
import { changeHidden, expectThat, meetWithPassword } from './replaced-identity.ts';

/** Also of people nobody compared keys with, a device remembers who they were. */
export const identityChange: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.identity-change',
    title:
      'Setzt eine nie bestätigte Person ihre Identität zurück, wird auch das angezeigt, bis jemand zustimmt; gesendet werden kann weiter.',
    requirements: ['VE-07'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
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
      title: 'Das Gerät von alice vergisst, dass sie zugestimmt hat.',
      defect: { person: 'alice', skips: 'visibleChange', weakened: () => ({ acceptIdentity: async () => {} }) },
      expectFinding: 'still-shown',
    },
    {
      title: 'Das Gerät von alice sendet dem neuen bob keine Schlüssel.',
      defect: {
        person: 'alice',
        skips: 'exclusion',
        weakened: ({ acceptIdentity, sendOnlyToVerified }) => ({
          acceptIdentity: async (userId) => {
            await acceptIdentity(userId);
            sendOnlyToVerified(true);
          },
        }),
      },
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetWithPassword(context);
    alice.refuseBrokenTrust(true);
    const message = () => ({ from: alice, to: bob, roomId, text: `Prüfnachricht ${context.random.word(12)}` });
    if ((await deliver(message())).length > 0 || (await alice.showsIdentityChange(bob.userId)))
      return inconclusive('void: Schon vor dem Wechsel war etwas nicht in Ordnung.');
    await bob.resetIdentity();
    const isShown = await alice.waitForIdentityChange(bob.userId);
    const before = await deliver(message());
    await alice.acceptIdentity(bob.userId);
    const isStillShown = await alice.showsIdentityChange(bob.userId);
    return outcomeOf(
      [
        ...expectThat(isShown, changeHidden),
        ...before,
        ...expectThat(!isStillShown, stillShown),
        ...(await deliver(message())),
      ],
      'Wechsel angezeigt, nach der Zustimmung nicht mehr; Nachrichten davor und danach kamen lesbar an.',
    );
  },
};

const stillShown: Finding = {
  code: 'still-shown',
  title: 'Das Gerät zeigt den Wechsel der Identität weiter an, obwohl ihm zugestimmt wurde.',
  expected: 'Nach der Zustimmung ist die neue Identität die bekannte.',
  observed: 'Der Wechsel wird weiter angezeigt.',
  where: 'alice über bob',
};
