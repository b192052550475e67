import type { HttpSend } from '../../../core/http/http.ts';

export interface KeyUpload {
  readonly send: HttpSend;
  /** The server has taken the keys of this device, so others find them. */
  readonly isDone: () => boolean;
  /** Calls back when it is done; the returned function ends it. */
  onDone(listener: () => void): () => void;
}

/** Watches what a device sends for the upload of its keys. */
export function watchKeyUpload(send: HttpSend): KeyUpload {
  const listeners = new Set<() => void>();
  let done = false;
  return {
    send: async (request) => {
      const answer = await send(request);
      const hasKeys = typeof request.body === 'string' && request.body.includes('"device_keys"');
      if (!done && hasKeys && answer.status === 200 && new URL(request.url).pathname.endsWith('/keys/upload')) {
        done = true;
        for (const listener of listeners) listener();
      }
      return answer;
    },
    isDone: () => done,
    onDone: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
