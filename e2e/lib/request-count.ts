import type { HttpSend } from '../../core/http/http.ts';

export interface RequestCount {
  readonly between: (send: HttpSend) => HttpSend;
  readonly count: () => number;
}

/** Counts what a device asks the homeserver of one kind, whatever it is answered. */
export function countingRequests(method: string, path: string): RequestCount {
  let count = 0;
  return {
    between: (send) => (request) => {
      if (request.method === method && new URL(request.url).pathname.includes(path)) count += 1;
      return send(request);
    },
    count: () => count,
  };
}
