import { alterJson } from '../../lib/alteration.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { observeRotation } from './change.ts';

/** The homeserver tells alice of no change of anybody's devices. */
const hidingDeviceChanges: EncryptionDefect = ({ device, answer }) =>
  device === 'alice'
    ? alterJson(answer, (object) => ('device_lists' in object ? { ...object, device_lists: {} } : object))
    : answer;

/** A device that was signed out may be in other hands: it has the old key. */
export const rotateLogout: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.rotate-logout',
    title: 'Wird ein Gerät abgemeldet, wechselt der Sitzungsschlüssel.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-rotate-logout'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt, dass sich Geräte geändert haben.',
      defect: hidingDeviceChanges,
      expectFinding: 'not-rotated',
    },
  ],
  run: async (context) => {
    const trio = await threeInEncryptedRoom(context);
    const phone = await context.device('bob', { name: 'Telefon' });
    return observeRotation(context, trio, {
      when: 'sich ein Gerät von bob abgemeldet hat',
      happens: () => phone.signOut(),
    });
  },
};
