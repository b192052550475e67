import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgettingTrust } from '../defects/weak-devices.ts';
import { compareByCode, otherSecretFor } from './codes.ts';
import { expectTrust } from './comparison.ts';
import { foreignPair, mutualTrust, mutualTrustAfter } from './pairs.ts';

/** The other way round: whoever was asked shows the code, and whoever asked scans it. */
export const qrReverse: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.qr-reverse',
    title: 'Auch wer um die Bestätigung gebeten hat, kann den QR-Code des Gegenübers scannen.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#qr-codes',
    standing: 'normative',
    rows: ['e2e-qr'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert das Geheimnis aus dem Code, das bob erreicht.',
      defect: otherSecretFor('bob'),
      expectFinding: 'not-done',
    },
    {
      title: 'Das Gerät von alice vergisst, dass bob bestätigt wurde.',
      defect: forgettingTrust('alice'),
      expectFinding: 'not-trusted',
    },
  ],
  run: async (context) => {
    const pair = await foreignPair(context);
    const before = await mutualTrust(pair);
    if (Object.values(before).some(Boolean)) return inconclusive('void: Die beiden galten schon als bestätigt.');
    const broken = await compareByCode(pair.answerer, pair.asker);
    return outcomeOf(
      broken.length > 0 ? broken : expectTrust(await mutualTrustAfter(pair)),
      'Bob zeigte den Code, alice scannte ihn; danach gilt jede Seite der anderen als bestätigt.',
    );
  },
};
