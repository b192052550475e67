import type { EncryptionFlow } from '../context.ts';
import { excludingNobody } from '../defects/weak-devices.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { observeRotation } from './change.ts';

/** Devices that are excluded from now on have the old key. */
export const rotateBlacklist: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.rotate-blacklist',
    title: 'Werden ungeprüfte Geräte ausgeschlossen, wechselt der Sitzungsschlüssel.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-rotate-blacklist'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice schließt niemanden aus.',
      defect: excludingNobody('alice'),
      expectFinding: 'not-rotated',
    },
  ],
  run: async (context) =>
    observeRotation(context, await threeInEncryptedRoom(context), {
      when: 'alice ungeprüfte Geräte ausschloss',
      happens: async ({ alice }) => alice.sendOnlyToVerified(true),
      gone: ({ bob }) => bob.userId,
    }),
};
