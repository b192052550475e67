import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { delayingDeliveries } from '../../lib/disturbance.ts';
import type { EncryptionFlow } from '../context.ts';
import { losingToDeviceFor } from '../delivery/key-answers.ts';
import { read } from '../meeting.ts';
import { meetWithBob } from './disturbed-bob.ts';
import { expectShown, hidingClosed } from './shown.ts';

/** A message that comes before its key must neither be kept back silently nor stay closed for good. */
export const delayedKeys: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.delayed-keys',
    title:
      'Kommt der Raumschlüssel nach der Nachricht, zeigt das Gerät sie zunächst als unlesbar und öffnet sie später.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Das Gerät von bob verschweigt, was es nicht lesen kann.',
      defect: { person: 'bob', skips: 'frankness', weakened: hidingClosed(1) },
      expectFinding: 'silently-lost',
    },
    {
      title: 'Der Server liefert den verspäteten Schlüssel nie.',
      defect: losingToDeviceFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const delay = delayingDeliveries();
    const { alice, bob, roomId } = await meetWithBob(context, delay);
    delay.begin();
    const text = `Vor dem Schlüssel ${context.random.word(12)}`;
    const eventId = await alice.sendText(roomId, text);
    const meanwhile = await bob.stateOf(roomId, eventId);
    if (meanwhile.kind === 'decrypted') return inconclusive('void: Der Schlüssel kam nicht verspätet.');
    delay.end();
    // Brings an answer of /sync, and with it what was held up.
    await alice.sendText(roomId, `Nach der Verzögerung ${context.random.word(12)}`);
    return outcomeOf(
      [
        ...expectShown(meanwhile, 'silently-lost', 'eine Nachricht, deren Schlüssel noch fehlt'),
        ...(await read({ from: alice, to: bob, roomId, text, eventId })),
      ],
      'Zunächst als unlesbar gezeigt, mit dem verspäteten Schlüssel entschlüsselt.',
    );
  },
};
