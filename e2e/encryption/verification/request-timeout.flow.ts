import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { hiddenCancelFrom, otherCancelCodeFor } from './altered-cancels.ts';
import { expectExpired, letTimePass } from './expiry.ts';

/** Whoever finds an old request must not be able to take it up: the person who asked may no longer sit there. */
export const requestTimeout: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.request-timeout',
    title: 'Nimmt elf Minuten lang niemand eine Bitte um Bestätigung an, verfällt sie auf beiden Seiten mit m.timeout.',
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
    const meeting = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const asker = await meeting.alice.requestVerification(meeting.bob.userId, meeting.roomId);
    const answerer = await meeting.bob.waitForVerification();
    if (!(await letTimePass(context, meeting))) return inconclusive('Die Marke kam nicht an.');
    return outcomeOf(
      await expectExpired({ ...meeting, asker, answerer }),
      'Beide Seiten melden m.timeout; niemand gilt als bestätigt.',
    );
  },
};
