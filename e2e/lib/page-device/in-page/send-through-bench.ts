import type { HttpSend } from '../../../../core/http/http.ts';
import { errorFrom } from '../contract.ts';

let requests = 0;

/** The page has no way to the target of its own: the bench sends for it, records and attacks. */
export const sendThroughBench: HttpSend = async ({ signal, ...request }) => {
  requests += 1;
  const id = requests;
  const stop = () => void globalThis.pruefstandStop(id);
  signal?.addEventListener('abort', stop);
  try {
    const sent = await globalThis.pruefstandSend({ id, ...request });
    if (sent.kind === 'failure') throw errorFrom(sent.failure);
    const { status, headers, bytes } = sent;
    return { status, headers, bytes, text: () => new TextDecoder().decode(bytes) };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
};
