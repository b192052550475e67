import { outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfSecondClient } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState } from '../defects.ts';
import { sideOfClient } from './side.ts';
import { exchange, meet } from './together.ts';

/** Shows that the second client itself works here, before anything is said of it with others. */
export const hydrogenHydrogen: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.hydrogen-hydrogen',
    title: 'Zwei Personen am zweiten Web-Client (Hydrogen) lesen einander in beide Richtungen.',
    requirements: ['VE-01'],
    needs: needsOfSecondClient,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption',
    // What our own test programs make of each other is nothing the target has to answer for.
    standing: 'informative',
    rows: ['e2e-cross-client'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert den Geheimtext, den bob empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-read',
    },
    {
      title: 'Der Server verschweigt beiden, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'unencrypted-event',
    },
  ],
  run: async (context) => {
    const [host, alice, bob] = await Promise.all([
      context.device('carol'),
      context.client('alice', { client: 'hydrogen' }),
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
