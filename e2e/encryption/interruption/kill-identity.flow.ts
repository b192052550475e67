import type { EncryptionFlow } from '../context.ts';
import { hidingIdentities } from '../trust/complete-identity.ts';
import { observeIdentities } from './half-identity.ts';

/** Half an identity would leave a person whom nobody can verify. */
export const killIdentity: EncryptionFlow = {
  meta: {
    id: 'encryption.interruption.kill-identity',
    title: 'Endet ein Gerät, nachdem der Server die Identität angenommen hat, ist sie nach dem Neustart vollständig.',
    requirements: ['VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'normative',
  },
  counterexamples: [
    { title: 'Der Server verschweigt bob jede Identität.', defect: hidingIdentities, expectFinding: 'no-identity' },
    {
      title: 'Dem Gerät von alice fehlt ein Schlüssel ihrer Identität.',
      defect: { person: 'alice', weakened: () => ({ isIdentityReady: async () => false }) },
      expectFinding: 'keys-missing',
    },
  ],
  run: (context) =>
    observeIdentities(context, { path: '/keys/device_signing/upload', moments: { alice: 'beforeAnswer' } }),
};
