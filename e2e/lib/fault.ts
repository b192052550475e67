import type { HttpAnswer, HttpSend } from '../../core/http/http.ts';

/** A disturbance on the way to the homeserver: from `begin` on, the first requests of one kind get no further than the gateway. */
export interface Fault {
  readonly between: (send: HttpSend) => HttpSend;
  begin(): void;
  /** Requests that were turned away. */
  readonly failed: () => number;
  /** Requests of the kind that the homeserver took afterwards. */
  readonly passed: () => number;
}

/** `path` is how the address of such a request goes on after the version, e.g. `/keys/claim`. */
export function failingFirst(times: number, path: string): Fault {
  let isOn = false;
  let failed = 0;
  let passed = 0;
  return {
    between: (send) => async (request) => {
      if (!isOn || !new URL(request.url).pathname.includes(path)) return send(request);
      if (failed < times) {
        failed += 1;
        return badGateway;
      }
      const answer = await send(request);
      if (answer.status === 200) passed += 1;
      return answer;
    },
    begin: () => {
      isOn = true;
    },
    failed: () => failed,
    passed: () => passed,
  };
}

const badGateway: HttpAnswer = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  bytes: new TextEncoder().encode('<html>Bad Gateway</html>'),
  text: () => '<html>Bad Gateway</html>',
};
