import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { blindOtherSideFor, compareByCode, otherSecretFor } from './codes.ts';
import { expectTrust } from './comparison.ts';
import { ownPair, phoneTrust, phoneTrustAfter } from './pairs.ts';

/** The way most people get a second device: the new one shows a code, the trusted one scans it. */
export const qrOwn: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.qr-own',
    title: 'Ein neues eigenes Gerät wird durch einen QR-Code bestätigt, den es zeigt und das erste Gerät scannt.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#qr-codes',
    standing: 'normative',
    rows: ['e2e-qr'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert das Geheimnis aus dem Code, das das Telefon erreicht.',
      defect: otherSecretFor('alice (Telefon)'),
      expectFinding: 'not-done',
    },
    {
      title: 'Der Server verschweigt dem Telefon, dass das erste Gerät Codes scannen kann.',
      defect: blindOtherSideFor('alice (Telefon)'),
      expectFinding: 'no-code',
    },
    {
      title: 'Das erste Gerät unterschreibt das neue nicht.',
      defect: { person: 'alice', skips: 'lastingTrust', weakened: () => ({ waitForSignature: async () => false }) },
      expectFinding: 'not-trusted',
    },
  ],
  run: async (context) => {
    const pair = await ownPair(context);
    if (Object.values(await phoneTrust(pair)).some(Boolean))
      return inconclusive('void: Das Telefon war schon bestätigt.');
    const broken = await compareByCode(pair.asker, pair.answerer);
    return outcomeOf(
      broken.length > 0 ? broken : expectTrust(await phoneTrustAfter(pair)),
      'Das Telefon zeigte den Code, das erste Gerät scannte ihn; danach ist das Telefon von seiner Besitzerin unterschrieben.',
    );
  },
};
