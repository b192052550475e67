import type { EncryptionFlow } from '../context.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { observeConstancy } from './change.ts';
import { renamingAsDepartureFor } from './hidden-departures.ts';

/** Who is called otherwise is still the same. */
export const noRotateName: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.no-rotate-name',
    title: 'Ein neuer Anzeigename wechselt keinen Sitzungsschlüssel.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-no-rotate'],
  },
  counterexamples: [
    {
      title: 'Der Server macht aus der Umbenennung einen Austritt.',
      defect: renamingAsDepartureFor('alice'),
      expectFinding: 'rotated-needlessly',
    },
  ],
  run: async (context) =>
    observeConstancy(context, await threeInEncryptedRoom(context), {
      when: 'bob sich umbenannte',
      happens: ({ bob, roomId }) => bob.renameIn(roomId, 'Bob, umbenannt'),
    }),
};
