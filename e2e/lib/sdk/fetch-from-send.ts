import type { HttpAnswer, HttpSend } from '../../../core/http/http.ts';
import { RigError } from '../../../core/model/rig-error.ts';

/** Longer than any long poll. */
const timeoutMs = 90_000;

export interface Asking {
  /** Hears why an answer is missing. */
  onTrouble(trouble: RigError): void;
  /** Nobody waits for answers any more. */
  isOver(): boolean;
}

/** Lets a library that expects `fetch` speak through the bench's only way to the target. */
export function fetchFromSend(send: HttpSend, { onTrouble, isOver }: Asking): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const signal = init.signal ?? undefined;
    try {
      const answer = await send({
        method: init.method ?? 'GET',
        url: urlOf(input),
        headers: Object.fromEntries(new Headers(init.headers)),
        ...bodyOf(init.body),
        timeoutMs,
        ...(signal && { signal }),
      });
      return isOver() ? await never() : responseFrom(answer);
    } catch (thrown) {
      if (isOver()) return never();
      throw asNetworkError(thrown, signal?.aborted ?? false, onTrouble);
    }
  };
}

/**
 * The library leaves some requests to themselves. At the end of a device their failing would end the whole process, and so would
 * their success: what they go on to use is gone.
 */
const never = () => new Promise<never>(() => {});

function asNetworkError(thrown: unknown, isStopped: boolean, onTrouble: Asking['onTrouble']): Error {
  if (isStopped) return new DOMException('The request was stopped.', 'AbortError');
  if (thrown instanceof RigError) onTrouble(thrown);
  return new TypeError('no answer', { cause: thrown });
}

const urlOf = (input: string | URL | Request) => (input instanceof Request ? input.url : String(input));

function bodyOf(body: BodyInit | null | undefined): { body?: string | Uint8Array } {
  if (body === undefined || body === null) return {};
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  throw new RigError('defect', `a request body of type ${Object.prototype.toString.call(body)} cannot be sent`);
}

/** The Response class refuses bodies for these. */
const statusWithoutBody = new Set([101, 204, 205, 304]);

function responseFrom({ status, headers, bytes }: HttpAnswer): Response {
  const body = statusWithoutBody.has(status) ? null : new Uint8Array(bytes);
  return new Response(body, { status, headers: { ...headers } });
}
