import type { EncryptionFlow } from '../context.ts';
import { lackingIdentityKey } from '../defects/weak-devices.ts';
import { hidingOwnersSignatures } from '../trust/complete-identity.ts';
import { observeIdentities } from './half-identity.ts';

/** A device without its owner's signature gets no keys from careful people. */
export const killSignature: EncryptionFlow = {
  meta: {
    id: 'encryption.interruption.kill-signature',
    title:
      'Endet ein Gerät beim Hochladen der Unterschrift unter sich selbst, ist es nach dem Neustart unterschrieben.',
    requirements: ['VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'normative',
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt bob die Unterschriften der Personen unter ihren Geräten.',
      defect: hidingOwnersSignatures,
      expectFinding: 'device-not-signed',
    },
    {
      title: 'Dem Gerät von alice fehlt ein Schlüssel ihrer Identität.',
      defect: lackingIdentityKey('alice'),
      expectFinding: 'keys-missing',
    },
  ],
  run: (context) =>
    observeIdentities(context, [{ person: 'alice', path: '/keys/signatures/upload', moment: 'beforeAnswer' }]),
};
