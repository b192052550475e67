import { outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState } from '../defects.ts';
import { swappedComparisonKeyFor } from '../verification/swapped-keys.ts';
import { sideOfClient, sideOfDevice } from './side.ts';
import { compare, exchange, meet } from './together.ts';

/** The library of today in a browser, and the target's client with the one it was built with. */
export const browserElement: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.browser-element',
    title:
      'Ein Gerät im Browser und der Web-Client des Ziels lesen einander in beide Richtungen und bestätigen einander mit Emojis.',
    requirements: ['VE-01', 'VE-08'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption',
    standing: 'normative',
    rows: ['e2e-cross-client'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert den Geheimtext, den das Gerät im Browser empfängt.',
      defect: brokenCiphertextFor('alice'),
      expectFinding: 'not-read',
    },
    {
      title: 'Der Server verschweigt beiden, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'unencrypted-event',
    },
    {
      title: 'Der Server vertauscht den Schlüssel, mit dem der Web-Client von bob vergleicht.',
      defect: swappedComparisonKeyFor('bob'),
      expectFinding: 'emojis-differ',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice', { runsIn: 'browser' }), context.client('bob')]);
    const pair = { left: sideOfDevice(alice, 'Browsergerät'), right: sideOfClient(bob) };
    const room = await meet(context, alice, [pair.left, pair.right]);
    const lost = await exchange(context, room, pair);
    await bob.keepPicture('Nachrichten in beide Richtungen');
    if (lost.length > 0) return outcomeOf(lost, '');
    const doubtful = (await compare(room, pair)) ?? [];
    await bob.keepPicture('Nach dem Vergleich');
    return outcomeOf(
      doubtful,
      'Beide Richtungen gelesen, nur Geheimtext auf dem Draht, dieselben Emojis auf beiden Seiten.',
    );
  },
};
