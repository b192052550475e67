import type { EncryptionFlow } from '../context.ts';
import { losingToDeviceFor } from './key-answers.ts';
import { observeRetry } from './retry.ts';

/** A message whose key was lost stays closed for good. */
export const toDeviceRetry: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.todevice-retry',
    title: 'Scheitert das Senden eines Raumschlüssels, wiederholt das Gerät es, und die Nachricht kommt lesbar an.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3sendtodeviceeventtypetxnid',
    standing: 'normative',
    rows: ['e2e-todevice-retry'],
  },
  counterexamples: [
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
  run: (context) => observeRetry(context, { path: '/sendToDevice/', person: 'alice' }),
};
