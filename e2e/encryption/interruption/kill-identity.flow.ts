import type { EncryptionFlow } from '../context.ts';
import { lackingIdentityKey } from '../defects/weak-devices.ts';
import { noDevicesFor } from '../delivery/key-answers.ts';
import { observeIdentities } from './half-identity.ts';

/** What exists on the device alone helps nobody: who starts anew must notice what the server lacks. */
export const killIdentity: EncryptionFlow = {
  meta: {
    id: 'encryption.interruption.kill-identity',
    title:
      'Endet ein Gerät beim Hochladen der Identität oder der Unterschrift, holt es nach dem Neustart nach, was noch fehlt.',
    requirements: ['VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 300_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'normative',
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt carol, dass er ihr Gerät kennt.',
      defect: noDevicesFor('carol'),
      expectFinding: 'not-back',
    },
    {
      title: 'Dem Gerät von dora fehlt ein Schlüssel ihrer Identität.',
      defect: lackingIdentityKey('dora'),
      expectFinding: 'keys-missing',
    },
  ],
  run: (context) =>
    observeIdentities(context, [
      { person: 'alice', path: '/keys/device_signing/upload', moment: 'beforeAnswer' },
      { person: 'carol', path: '/keys/device_signing/upload', moment: 'beforeArrival' },
      { person: 'dora', path: '/keys/signatures/upload', moment: 'beforeArrival' },
    ]),
};
