import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { confirmSame, expectTrust } from './comparison.ts';
import { ownPair, phoneTrust, phoneTrustAfter } from './pairs.ts';
import { changedMacFor, swappedComparisonKeyFor } from './swapped-keys.ts';

/** Whoever gets a new device vouches for it by a comparison, so that others need not. */
export const sasOwn: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.sas-own',
    title: 'Ein neues eigenes Gerät wird durch Vergleich der Emojis bestätigt.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification',
    standing: 'normative',
    rows: ['e2e-sas-own'],
  },
  counterexamples: [
    {
      title: 'Der Server vertauscht den Schlüssel, mit dem das Telefon vergleicht.',
      defect: swappedComparisonKeyFor('alice'),
      expectFinding: 'emojis-differ',
    },
    {
      title: 'Der Server verändert, was das erste Gerät über seine Schlüssel sagt.',
      defect: changedMacFor('alice (Telefon)'),
      expectFinding: 'not-done',
    },
    {
      title: 'Das erste Gerät unterschreibt das neue nicht.',
      defect: { person: 'alice', skips: 'lastingTrust', weakened: () => ({ waitForSignature: async () => false }) },
      expectFinding: 'not-trusted',
    },
  ],
  run: async (context) => {
    const pair = await ownPair(context);
    const before = await phoneTrust(pair);
    if (Object.values(before).some(Boolean)) return inconclusive('void: Das Telefon war schon bestätigt.');
    const broken = await confirmSame(pair);
    return outcomeOf(
      broken.length > 0 ? broken : expectTrust(await phoneTrustAfter(pair)),
      'Dieselben Emojis auf beiden Geräten; danach ist das Telefon von seiner Besitzerin unterschrieben.',
    );
  },
};
