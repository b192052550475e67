import { outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfSecondClient } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { sideOfClient } from './side.ts';
import { exchange, meet } from './together.ts';

/** The target's client and one of other origin. */
export const elementHydrogen: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.element-hydrogen',
    title: 'Der Web-Client des Ziels und ein zweiter (Hydrogen) lesen einander in beide Richtungen.',
    requirements: ['VE-01'],
    needs: needsOfSecondClient,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption',
    // Which of the two is to blame cannot be told from outside, and one of them is the bench's own.
    standing: 'informative',
    rows: ['e2e-cross-client'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert den Geheimtext, den Hydrogen empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-read',
    },
    {
      title: 'Der Server verändert den Geheimtext, den der Web-Client des Ziels empfängt.',
      defect: brokenCiphertextFor('alice'),
      expectFinding: 'not-read',
    },
  ],
  run: async (context) => {
    const [host, alice, bob] = await Promise.all([
      context.device('carol'),
      context.client('alice'),
      context.client('bob', { client: 'hydrogen' }),
    ]);
    const pair = { left: sideOfClient(alice), right: sideOfClient(bob) };
    const room = await meet(context, host, [pair.left, pair.right]);
    const lost = await exchange(context, room, pair);
    await Promise.all([alice, bob].map((one) => one.keepPicture('Nachrichten in beide Richtungen')));
    return outcomeOf(
      lost,
      'Beide Richtungen gelesen, nur Geheimtext auf dem Draht. Hydrogen bietet keinen Emoji-Vergleich.',
    );
  },
};
