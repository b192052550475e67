import type { HttpAnswer, HttpRequest, HttpSend } from '../../core/http/http.ts';

/** Stands between a device and the homeserver and waits for something to go over the wire. */
export interface CallWatch {
  readonly between: (send: HttpSend) => HttpSend;
  /** Resolves when it was answered, true, or when the deadline passed, false. */
  wait(deadlineMs: number): Promise<boolean>;
}

export function watchFor(isIt: (request: HttpRequest, answer: HttpAnswer) => boolean): CallWatch {
  const { promise: seen, resolve } = Promise.withResolvers<true>();
  return {
    between: (send) => async (request) => {
      const answer = await send(request);
      if (isIt(request, answer)) resolve(true);
      return answer;
    },
    wait: async (deadlineMs) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((settle) => {
        timer = setTimeout(() => settle(false), deadlineMs);
      });
      try {
        return await Promise.race([seen, late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
