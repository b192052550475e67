import type { EncryptionFlow } from '../context.ts';
import { sharingWithDeparted } from '../defects/weak-devices.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { observeRotation } from './change.ts';
import { hidingDeparturesFrom } from './hidden-departures.ts';

/** Who was banned has the old key: the next message needs another one. */
export const rotateBan: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.rotate-ban',
    title: 'Wer aus dem Raum gebannt wird, kann nicht weiterlesen: Der Sitzungsschlüssel wechselt.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-rotate-kick-ban'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt, dass bob gebannt ist.',
      defect: hidingDeparturesFrom('alice'),
      expectFinding: 'not-rotated',
    },
    {
      title: 'Das Gerät von alice gibt seine Schlüssel weiter auch bob, der nicht mehr im Raum ist.',
      defect: sharingWithDeparted('alice'),
      expectFinding: 'keys-sent-on',
    },
  ],
  run: async (context) =>
    observeRotation(context, await threeInEncryptedRoom(context), {
      when: 'bob gebannt wurde',
      happens: ({ alice, bob, roomId }) => alice.ban(roomId, bob.userId),
      gone: ({ bob }) => bob.userId,
    }),
};
