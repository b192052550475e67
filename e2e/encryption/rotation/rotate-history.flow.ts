import type { EncryptionFlow } from '../context.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { observeRotation } from './change.ts';
import { hidingHistoryFrom } from './hidden-history.ts';

/** A key under which the past was open must not close the present. */
export const rotateHistory: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.rotate-history',
    title: 'Wird der Verlauf eines Raums enger gefasst, wechselt der Sitzungsschlüssel.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-rotate-history'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt, dass der Verlauf enger gefasst ist.',
      defect: hidingHistoryFrom('alice'),
      expectFinding: 'not-rotated',
    },
  ],
  run: async (context) =>
    observeRotation(context, await threeInEncryptedRoom(context), {
      when: 'der Verlauf nur noch Beigetretenen offenstand',
      happens: ({ alice, roomId }) => alice.setHistoryVisibility(roomId, 'joined'),
    }),
};
