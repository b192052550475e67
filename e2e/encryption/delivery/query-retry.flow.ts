import type { EncryptionFlow } from '../context.ts';
import { losingToDeviceFor, noDevicesFor } from './key-answers.ts';
import { observeRetry } from './retry.ts';

/** Who does not know the devices of the others sends them no keys. */
export const queryRetry: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.query-retry',
    title: 'Scheitert die Abfrage der Geräte, wiederholt das Gerät sie, und kein Raumschlüssel geht verloren.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery',
    standing: 'normative',
    rows: ['e2e-query-retry'],
  },
  counterexamples: [
    { title: 'Der Server nennt alice keine Geräte.', defect: noDevicesFor('alice'), expectFinding: 'not-decrypted' },
    {
      title: 'Der Server verliert, was an das Gerät von alice geht.',
      defect: losingToDeviceFor('alice'),
      expectFinding: 'answer-not-decrypted',
    },
  ],
  run: (context) => observeRetry(context, { path: '/keys/query', person: 'alice' }),
};
