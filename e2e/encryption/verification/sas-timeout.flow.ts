import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenCancelFrom, otherCancelCodeFor } from './altered-cancels.ts';
import { isSame, showEmojis } from './comparison.ts';
import { expectExpired, letTimePass } from './expiry.ts';
import { foreignPair } from './pairs.ts';

/** A comparison nobody ends must not stay open for whoever comes by. The clock of the asking device goes ahead, nobody waits. */
export const sasTimeout: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.sas-timeout',
    title: 'Bestätigt elf Minuten lang niemand die Emojis, endet die Prüfung auf beiden Seiten mit m.timeout.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework',
    standing: 'normative',
    rows: ['e2e-sas-cancel-timeout'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice merkt nicht, wie die Zeit vergeht.',
      defect: { person: 'alice', skips: 'breakingOff', weakened: () => ({ moveClock: () => {} }) },
      expectFinding: 'not-cancelled',
    },
    {
      title: 'Der Server verändert den Grund des Abbruchs, den bob sieht.',
      defect: otherCancelCodeFor('bob', 'm.user'),
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
    if (!isSame(await showEmojis(pair))) return inconclusive('void: Die Prüfung kam schon ohne Pause nicht voran.');
    if (!(await letTimePass(context, pair))) return inconclusive('Die Marke kam nicht an.');
    return outcomeOf(await expectExpired(pair), 'Beide Seiten melden m.timeout; niemand gilt als bestätigt.');
  },
};
