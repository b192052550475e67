import { alterJson } from '../../lib/alteration.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { observeConstancy } from './change.ts';

/** The homeserver shows alice of all devices but the newest none. */
const losingOlderDevices: EncryptionDefect = ({ device, answer, request }) =>
  device === 'alice' && request.url.includes('/keys/query')
    ? alterJson(answer, (object) => {
        const ids = Object.keys(object);
        const areDevices = ids.length > 1 && ids.every((id) => /^[A-Z]{10}$/.test(id));
        return areDevices ? Object.fromEntries(Object.entries(object).slice(-1)) : object;
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
    rows: ['e2e-no-rotate'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt das frühere Gerät, sobald ein weiteres da ist.',
      defect: losingOlderDevices,
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
