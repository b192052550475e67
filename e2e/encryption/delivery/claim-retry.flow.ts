import type { EncryptionFlow } from '../context.ts';
import { losingToDeviceFor, noOneTimeKeys } from './key-answers.ts';
import { observeRetry } from './retry.ts';

/** A room key can only be sent once an Olm session was begun. */
export const claimRetry: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.claim-retry',
    title: 'Scheitert das Abholen von Einmalschlüsseln, wiederholt das Gerät es, und die Nachricht kommt lesbar an.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim',
    standing: 'normative',
    rows: ['e2e-claim-retry'],
  },
  counterexamples: [
    { title: 'Der Server gibt keine Einmalschlüssel heraus.', defect: noOneTimeKeys, expectFinding: 'not-decrypted' },
    {
      title: 'Der Server verliert, was an das Gerät von bob geht.',
      defect: losingToDeviceFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server verliert, was an das Gerät von alice geht.',
      defect: losingToDeviceFor('alice'),
      expectFinding: 'answer-not-decrypted',
    },
  ],
  run: (context) => observeRetry(context, { path: '/keys/claim', person: 'alice' }),
};
