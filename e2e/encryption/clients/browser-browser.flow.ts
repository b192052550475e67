import { outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { swappedComparisonKeyFor } from '../verification/swapped-keys.ts';
import { sideOfDevice } from './side.ts';
import { compare, exchange, meet } from './together.ts';

/** Both ends of the library where people have it: in browsers, each with its own store. */
export const browserBrowser: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.browser-browser',
    title: 'Zwei Geräte in Browsern lesen einander in beide Richtungen und bestätigen einander mit Emojis.',
    requirements: ['VE-01', 'VE-08'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 240_000,
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
    const [alice, bob] = await Promise.all([
      context.device('alice', { runsIn: 'browser' }),
      context.device('bob', { runsIn: 'browser' }),
    ]);
    const pair = { left: sideOfDevice(alice, 'Browsergerät'), right: sideOfDevice(bob, 'Browsergerät') };
    const room = await meet(context, alice, [pair.left, pair.right]);
    const lost = await exchange(context, room, pair);
    if (lost.length > 0) return outcomeOf(lost, '');
    return outcomeOf(
      (await compare(room, pair)) ?? [],
      'Beide Richtungen gelesen, nur Geheimtext auf dem Draht, dieselben Emojis auf beiden Seiten.',
    );
  },
};
