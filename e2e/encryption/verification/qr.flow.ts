import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgettingTrust } from '../defects/weak-devices.ts';
import { compareByCode, otherSecretFor } from './codes.ts';
import { expectTrust } from './comparison.ts';
import { foreignPair, mutualTrust, mutualTrustAfter } from './pairs.ts';

/** One shows a code, the other scans it; each must end up sure of the other. */
export const qr: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.qr',
    title: 'Zwei Personen bestätigen einander durch einen QR-Code, den die eine zeigt und die andere scannt.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#qr-codes',
    standing: 'normative',
    rows: ['e2e-qr'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert das Geheimnis aus dem Code, das alice erreicht.',
      defect: otherSecretFor('alice'),
      expectFinding: 'not-done',
    },
    {
      title: 'Das Gerät von bob vergisst, dass alice bestätigt wurde.',
      defect: forgettingTrust('bob'),
      expectFinding: 'not-trusted',
    },
  ],
  run: async (context) => {
    const pair = await foreignPair(context);
    const before = await mutualTrust(pair);
    if (Object.values(before).some(Boolean)) return inconclusive('void: Die beiden galten schon als bestätigt.');
    const broken = await compareByCode(pair.asker, pair.answerer);
    return outcomeOf(
      broken.length > 0 ? broken : expectTrust(await mutualTrustAfter(pair)),
      'Alice zeigte den Code, bob scannte ihn; danach gilt jede Seite der anderen als bestätigt.',
    );
  },
};
