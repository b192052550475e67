import type { EncryptionFlow } from '../context.ts';
import { hidingIdentities } from '../trust/complete-identity.ts';
import { observeIdentities } from './half-identity.ts';

/** The keys exist on the device alone: who starts anew must notice that nobody else has them. */
export const killIdentityBefore: EncryptionFlow = {
  meta: {
    id: 'encryption.interruption.kill-identity-before',
    title: 'Endet ein Gerät, bevor die Identität beim Server ankam, wird sie nach dem Neustart hochgeladen.',
    requirements: ['VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'normative',
  },
  counterexamples: [
    { title: 'Der Server verschweigt bob jede Identität.', defect: hidingIdentities, expectFinding: 'no-identity' },
    {
      title: 'Dem Gerät von carol fehlt ein Schlüssel ihrer Identität.',
      defect: { person: 'carol', weakened: () => ({ isIdentityReady: async () => false }) },
      expectFinding: 'keys-missing',
    },
  ],
  run: (context) =>
    observeIdentities(context, { path: '/keys/device_signing/upload', moments: { carol: 'beforeArrival' } }),
};
