import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenCancelFrom, otherCancelCodeFor } from './altered-cancels.ts';
import { expectCancelled, expectNoTrust, isSame, showEmojis } from './comparison.ts';
import { foreignPair, mutualTrust } from './pairs.ts';

/** Both people learn that the comparison was broken off, and that it was a person who did so. */
export const sasCancel: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.sas-cancel',
    title: 'Bricht eine Person die Prüfung ab, melden beide Seiten das mit m.user.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification',
    standing: 'normative',
    rows: ['e2e-sas-cancel-timeout'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert den Grund des Abbruchs, den bob sieht.',
      defect: otherCancelCodeFor('bob'),
      expectFinding: 'other-code',
    },
    {
      title: 'Der Server verschweigt bob den Abbruch.',
      defect: hiddenCancelFrom('bob'),
      expectFinding: 'not-cancelled',
    },
  ],
  run: async (context) => {
    const pair = await foreignPair(context);
    if (!isSame(await showEmojis(pair))) return inconclusive('void: Die Prüfung kam schon ohne Abbruch nicht voran.');
    await pair.asker.cancel();
    const [ofAlice, ofBob] = await Promise.all([pair.asker.waitForEnd(), pair.answerer.waitForEnd()]);
    return outcomeOf(
      [
        ...expectCancelled('alice', ofAlice, ['m.user']),
        ...expectCancelled('bob', ofBob, ['m.user']),
        ...expectNoTrust(await mutualTrust(pair)),
      ],
      'Beide Seiten melden m.user; niemand gilt als bestätigt.',
    );
  },
};
