import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { trustingUnseen } from '../defects/weak-devices.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { describeEnd, expectCancelled, expectNoTrust, isSame, showEmojis } from './comparison.ts';
import { askBob, mutualTrust } from './pairs.ts';
import { swappedComparisonKeyFor } from './swapped-keys.ts';

/** What the specification names for keys that do not fit. */
const refusals = ['m.mismatched_commitment', 'm.mismatched_sas', 'm.key_mismatch'];

const endless =
  (device: CryptoDevice): CryptoDevice['requestVerification'] =>
  async (userId, roomId) => {
    const asked = await device.requestVerification(userId, roomId);
    const waitForEnd = async () => {
      const end = await asked.waitForEnd();
      return end.kind === 'cancelled' && end.code !== 'm.user' ? ({ kind: 'open' } as const) : end;
    };
    return { ...asked, waitForEnd };
  };

/**
 * No counterexample: the emojis follow from the keys of both sides, so two devices would have to make them up alike;
 * one weak device shows others than its partner.
 */
const sameInSpiteOfAttack: Finding = {
  code: 'attack-unseen',
  title: 'Der Tausch der Schlüssel bleibt in der Emoji-Folge unsichtbar.',
  expected: 'Die Geräte brechen ab oder zeigen verschiedene Emojis.',
  observed: 'Beide zeigen dieselben Emojis.',
  where: 'm.key.verification.key',
};

/** A homeserver in the middle must not get itself verified in place of a person. */
export const sasSwappedKey: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.sas-swapped-key',
    title: 'Vertauscht der Server die Schlüssel einer laufenden Prüfung, gilt danach niemand als bestätigt.',
    requirements: ['VE-09'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification',
    standing: 'normative',
    rows: ['e2e-sas-mitm'],
    attacks: [3],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice sagt nichts vom Abbruch.',
      defect: {
        person: 'alice',
        skips: 'breakingOff',
        weakened: (device) => ({ requestVerification: endless(device) }),
      },
      expectFinding: 'not-cancelled',
    },
    {
      title: 'Das Gerät von bob hält alice trotzdem für bestätigt.',
      defect: trustingUnseen('bob'),
      expectFinding: 'trusted-anyway',
    },
  ],
  run: async (context) => {
    const attack = createSwitchedAttack(swappedComparisonKeyFor('alice'));
    const meeting = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`, {}, attack.alteration);
    const honest = await askBob(meeting);
    if (!isSame(await showEmojis(honest)))
      return inconclusive('void: Die Emojis stimmten schon ohne Angriff nicht überein.');
    await honest.asker.cancel();
    await Promise.all([honest.asker.waitForEnd(), honest.answerer.waitForEnd()]);
    attack.start();
    const attacked = await askBob(meeting);
    const shown = await showEmojis(attacked);
    // Where the devices do not notice it themselves, the two people see different emojis and say so.
    if (shown.toAsker !== undefined && !isSame(shown)) await attacked.asker.deny();
    const [ofAlice, ofBob] = await Promise.all([attacked.asker.waitForEnd(), attacked.answerer.waitForEnd()]);
    return outcomeOf(
      [
        ...(isSame(shown) ? [sameInSpiteOfAttack] : []),
        ...expectCancelled('alice', ofAlice, refusals),
        ...expectCancelled('bob', ofBob, refusals),
        ...expectNoTrust(await mutualTrust(meeting)),
      ],
      `Alice: ${describeEnd(ofAlice)}; bob: ${describeEnd(ofBob)}; niemand gilt als bestätigt.`,
    );
  },
};
