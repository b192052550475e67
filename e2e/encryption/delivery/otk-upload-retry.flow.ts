import type { EncryptionFlow } from '../context.ts';
import { losingToDeviceFor, noOneTimeKeys } from './key-answers.ts';
import { observeRetry } from './retry.ts';

/** Without one-time keys nobody can begin to write to the device. */
export const otkUploadRetry: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.otk-upload-retry',
    title: 'Scheitert das Hochladen der Schlüssel, wiederholt das Gerät es, bis Einmalschlüssel da sind.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload',
    standing: 'normative',
    rows: ['e2e-otk-upload-retry'],
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
  run: (context) => observeRetry(context, { path: '/keys/upload', person: 'bob', fromStart: true }),
};
