import type { EncryptionFlow } from '../context.ts';
import { losingToDeviceFor } from '../delivery/key-answers.ts';
import { onlyFallbackForDora, sameFallbackForDora } from './claim-answers.ts';
import { observeRenewal } from './renewal.ts';

const eightDaysMs = 8 * 24 * 60 * 60 * 1000;

/** A used key for the case of need is replaced, by a library that goes by time after its time. */
export const fallbackRenewed: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.fallback-renewed',
    title:
      'Nach dem Verbrauch aller Einmalschlüssel erneuert das Gerät diese und binnen acht Tagen seinen Ersatzschlüssel.',
    requirements: ['VE-19'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload',
    standing: 'normative',
    attacks: [14],
  },
  counterexamples: [
    {
      title: 'Der Server gibt stets denselben Ersatzschlüssel heraus.',
      defect: sameFallbackForDora,
      expectFinding: 'fallback-kept',
    },
    {
      title: 'Der Server gibt nur noch Ersatzschlüssel heraus.',
      defect: onlyFallbackForDora,
      expectFinding: 'not-replenished',
    },
    {
      title: 'Der Server verliert, was an das Gerät von bob geht.',
      defect: losingToDeviceFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: (context) => observeRenewal(context, { laterMs: eightDaysMs, when: 'binnen acht Tagen' }),
};
