import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { trustingUnseen } from '../defects/weak-devices.ts';
import { expectCancelled, expectNoTrust, isSame, showEmojis } from './comparison.ts';
import { foreignPair, mutualTrust } from './pairs.ts';

/** Where the person says that the emojis differ, the device only breaks off. */
const cancelling =
  (device: CryptoDevice): CryptoDevice['requestVerification'] =>
  async (userId, roomId) => {
    const asked = await device.requestVerification(userId, roomId);
    return { ...asked, deny: asked.cancel };
  };

/** A comparison that fails must be told as such to both. */
export const sasMismatch: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.sas-mismatch',
    title:
      'Sagt eine Person, dass die Emojis nicht übereinstimmen, endet die Prüfung mit m.mismatched_sas und niemand gilt als bestätigt.',
    requirements: ['VE-08', 'VE-09'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification',
    standing: 'normative',
    rows: ['e2e-sas-mismatch'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice bricht anders ab, als sie es will.',
      defect: {
        person: 'alice',
        skips: 'breakingOff',
        weakened: (device) => ({ requestVerification: cancelling(device) }),
      },
      expectFinding: 'other-code',
    },
    {
      title: 'Das Gerät von bob hält alice trotzdem für bestätigt.',
      defect: trustingUnseen('bob'),
      expectFinding: 'trusted-anyway',
    },
  ],
  run: async (context) => {
    const pair = await foreignPair(context);
    if (!isSame(await showEmojis(pair)))
      return inconclusive('void: Die Emojis stimmten schon ohne Eingriff nicht überein.');
    await pair.answerer.confirm();
    await pair.asker.deny();
    const [ofAlice, ofBob] = await Promise.all([pair.asker.waitForEnd(), pair.answerer.waitForEnd()]);
    return outcomeOf(
      [
        ...expectCancelled('alice', ofAlice, ['m.mismatched_sas']),
        ...expectCancelled('bob', ofBob, ['m.mismatched_sas']),
        ...expectNoTrust(await mutualTrust(pair)),
      ],
      'Beide Seiten melden m.mismatched_sas; niemand gilt als bestätigt.',
    );
  },
};
