import { outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfSecondClient } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState } from '../defects.ts';
import { sideOfClient, sideOfDevice } from './side.ts';
import { exchange, meet } from './together.ts';

/** In two browsers, cryptography of different origin: vodozemac here, libolm there. */
export const browserHydrogen: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.browser-hydrogen',
    title: 'Ein Gerät im Browser und ein zweiter Web-Client (Hydrogen) lesen einander in beide Richtungen.',
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
      title: 'Der Server verändert den Geheimtext, den Hydrogen empfängt.',
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
    const [alice, bob] = await Promise.all([
      context.device('alice', { runsIn: 'browser' }),
      context.client('bob', { client: 'hydrogen' }),
    ]);
    const pair = { left: sideOfDevice(alice, 'Browsergerät'), right: sideOfClient(bob) };
    const room = await meet(context, alice, [pair.left, pair.right]);
    const lost = await exchange(context, room, pair);
    await bob.keepPicture('Nachrichten in beide Richtungen');
    return outcomeOf(
      lost,
      'Beide Richtungen gelesen, nur Geheimtext auf dem Draht. Hydrogen bietet keinen Emoji-Vergleich.',
    );
  },
};
