import { outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { lackingIdentityKey } from '../defects/weak-devices.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { expectIdentity, hidingIdentities, hidingOwnersSignatures } from './complete-identity.ts';

/** Without an identity nobody can tell a slipped-in device from a true one. */
export const identity: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.identity',
    title: 'Ein neues Konto hat die drei Schlüssel seiner Identität, und sein erstes Gerät ist damit unterschrieben.',
    requirements: ['VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'normative',
    rows: ['e2e-xsign-bootstrap'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt bob die Identität von alice.',
      defect: hidingIdentities,
      expectFinding: 'no-identity',
    },
    {
      title: 'Der Server verschweigt bob die Unterschrift unter dem Gerät von alice.',
      defect: hidingOwnersSignatures,
      expectFinding: 'device-not-signed',
    },
    {
      title: 'Dem Gerät von alice fehlt ein Schlüssel ihrer Identität.',
      defect: lackingIdentityKey('alice'),
      expectFinding: 'keys-missing',
    },
  ],
  run: async (context) => {
    const { alice, bob } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    return outcomeOf(
      await expectIdentity(alice, bob),
      'Alle drei Schlüssel vorhanden; bob findet die Identität und die Unterschrift unter dem Gerät.',
    );
  },
};
