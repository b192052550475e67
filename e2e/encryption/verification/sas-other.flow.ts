import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgettingTrust } from '../defects/weak-devices.ts';
import { confirmSame, expectTrust } from './comparison.ts';
import { foreignPair, mutualTrust, mutualTrustAfter } from './pairs.ts';
import { changedMacFor, swappedComparisonKeyFor } from './swapped-keys.ts';

/** Two people who compared emojis can be sure of each other on all their devices. */
export const sasOther: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.sas-other',
    title: 'Zwei Personen bestätigen einander durch Vergleich der Emojis.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification',
    standing: 'normative',
    rows: ['e2e-sas-other'],
  },
  counterexamples: [
    {
      title: 'Der Server vertauscht den Schlüssel, mit dem bob vergleicht.',
      defect: swappedComparisonKeyFor('alice'),
      expectFinding: 'emojis-differ',
    },
    {
      title: 'Der Server verändert, was alice über ihre Schlüssel sagt.',
      defect: changedMacFor('bob'),
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
    const broken = await confirmSame(pair);
    return outcomeOf(
      broken.length > 0 ? broken : expectTrust(await mutualTrustAfter(pair)),
      'Dieselben Emojis auf beiden Seiten; danach gilt jede der anderen als bestätigt.',
    );
  },
};
