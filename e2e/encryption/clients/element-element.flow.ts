import { outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { swappedComparisonKeyFor } from '../verification/swapped-keys.ts';
import { sideOfClient } from './side.ts';
import { compare, exchange, meet } from './together.ts';

/** Two people who both use the target's client. */
export const elementElement: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.element-element',
    title:
      'Zwei Personen am Web-Client des Ziels lesen einander in beide Richtungen und bestätigen einander mit Emojis.',
    requirements: ['VE-01', 'VE-08'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption',
    standing: 'normative',
    rows: ['e2e-cross-client'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert den Geheimtext, den bob empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-read',
    },
    {
      title: 'Der Server vertauscht den Schlüssel, mit dem bob vergleicht.',
      defect: swappedComparisonKeyFor('bob'),
      expectFinding: 'emojis-differ',
    },
  ],
  run: async (context) => {
    const [host, alice, bob] = await Promise.all([
      context.device('carol'),
      context.client('alice'),
      context.client('bob'),
    ]);
    const pair = { left: sideOfClient(alice), right: sideOfClient(bob) };
    const room = await meet(context, host, [pair.left, pair.right]);
    const lost = await exchange(context, room, pair);
    await bob.keepPicture('Nachrichten in beide Richtungen');
    if (lost.length > 0) return outcomeOf(lost, '');
    const doubtful = (await compare(room, pair)) ?? [];
    await Promise.all([alice, bob].map((one) => one.keepPicture('Nach dem Vergleich')));
    return outcomeOf(
      doubtful,
      'Beide Richtungen gelesen, nur Geheimtext auf dem Draht, dieselben Emojis auf beiden Seiten.',
    );
  },
};
