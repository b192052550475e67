import { alterJson } from '../../lib/alteration.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { observeConstancy } from './change.ts';

/** The homeserver shows alice none of the devices of whoever has several. */
const losingDevices: EncryptionDefect = ({ device, answer, request }) =>
  device === 'alice' && request.url.includes('/keys/query')
    ? alterJson(answer, (object) => {
        const ids = Object.keys(object);
        return ids.length > 1 && ids.every((id) => /^[A-Z]{10}$/.test(id)) ? {} : object;
      })
    : answer;

/** A further device gets the key there is: a change would cost every other device a new one. */
export const noRotateLogin: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.no-rotate-login',
    title: 'Ein weiteres Gerät einer Person wechselt keinen Sitzungsschlüssel.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-no-rotate'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt alle Geräte einer Person, sobald sie ein weiteres hat.',
      defect: losingDevices,
      expectFinding: 'rotated-needlessly',
    },
  ],
  run: async (context) => {
    const trio = await threeInEncryptedRoom(context);
    return observeConstancy(context, trio, {
      when: 'sich bob an einem weiteren Gerät angemeldet hat',
      happens: async () => void (await context.device('bob', { name: 'Telefon' })),
    });
  },
};
