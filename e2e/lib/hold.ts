import type { HttpSend } from '../../core/http/http.ts';

/** A delay on the way from the homeserver: from `begin` to `end`, answers of one kind stay on the way. */
export interface Hold {
  readonly between: (send: HttpSend) => HttpSend;
  begin(): void;
  end(): void;
}

/** `path` is how the address of such a request ends, e.g. `/sync`. */
export function holding(path: string): Hold {
  let gate: PromiseWithResolvers<void> | undefined;
  return {
    between: (send) => async (request) => {
      const answer = await send(request);
      if (new URL(request.url).pathname.endsWith(path)) await gate?.promise;
      return answer;
    },
    begin: () => {
      gate ??= Promise.withResolvers();
    },
    end: () => {
      gate?.resolve();
      gate = undefined;
    },
  };
}
