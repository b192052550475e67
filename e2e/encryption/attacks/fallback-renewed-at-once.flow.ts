import type { EncryptionFlow } from '../context.ts';
import { losingToDeviceFor } from '../delivery/key-answers.ts';
import { onlyFallbackForDora } from './claim-answers.ts';
import { observeRenewal } from './renewal.ts';

/** The rule says should, and libraries differ on purpose: some renew the key only after a week. */
export const fallbackRenewedAtOnce: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.fallback-renewed-at-once',
    title:
      'Nach dem Verbrauch aller Einmalschlüssel erneuert das Gerät mit diesen sogleich auch seinen Ersatzschlüssel.',
    requirements: ['VE-19'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload',
    standing: 'informative',
    attacks: [14],
  },
  counterexamples: [
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
  run: (context) => observeRenewal(context, 'sogleich'),
};
