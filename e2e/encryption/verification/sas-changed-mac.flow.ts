import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { trustingUnseen } from '../defects/weak-devices.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { otherCancelCodeFor } from './altered-cancels.ts';
import { describeEnd, expectCancelled, expectNoTrust, isSame, showEmojis } from './comparison.ts';
import { askBob, mutualTrust } from './pairs.ts';
import { changedMacFor } from './swapped-keys.ts';

/** What the specification names for keys or words that do not fit. */
const refusals = ['m.mismatched_sas', 'm.key_mismatch'];

/** The last step of the comparison tells which keys belong to a person: other keys must not slip in there. */
export const sasChangedMac: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.sas-changed-mac',
    title: 'Verändert der Server, was ein Gerät über seine Schlüssel sagt, bricht die Prüfung ab.',
    requirements: ['VE-09'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification',
    standing: 'normative',
    rows: ['e2e-sas-mitm'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert den Grund des Abbruchs, den alice sieht.',
      defect: otherCancelCodeFor('alice'),
      expectFinding: 'other-code',
    },
    {
      title: 'Das Gerät von bob hält alice trotzdem für bestätigt.',
      defect: trustingUnseen('bob'),
      expectFinding: 'trusted-anyway',
    },
  ],
  run: async (context) => {
    const attack = createSwitchedAttack(changedMacFor('bob'));
    const meeting = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`, {}, attack.alteration);
    const honest = await askBob(meeting);
    if (!isSame(await showEmojis(honest))) return inconclusive('void: Die Prüfung kam schon ohne Angriff nicht voran.');
    await honest.asker.cancel();
    await Promise.all([honest.asker.waitForEnd(), honest.answerer.waitForEnd()]);
    attack.start();
    const attacked = await askBob(meeting);
    if (!isSame(await showEmojis(attacked))) return inconclusive('void: Die Emojis stimmten nicht überein.');
    await Promise.all([attacked.asker.confirm(), attacked.answerer.confirm()]);
    const [ofAlice, ofBob] = await Promise.all([attacked.asker.waitForEnd(), attacked.answerer.waitForEnd()]);
    return outcomeOf(
      [
        ...expectCancelled('alice', ofAlice, refusals),
        ...expectCancelled('bob', ofBob, refusals),
        ...expectNoTrust(await mutualTrust(meeting)),
      ],
      `Alice: ${describeEnd(ofAlice)}; bob: ${describeEnd(ofBob)}; niemand gilt als bestätigt.`,
    );
  },
};
