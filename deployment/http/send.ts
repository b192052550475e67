import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { HttpAnswer, HttpRequest, HttpSend } from '../../core/http/http.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { hostAndPort, unreachable } from './network-error.ts';
import { trustedAuthorities } from './trust.ts';

export interface SendOptions {
  /** Safety lock: a request to any other origin is refused before it leaves. */
  readonly allowedOrigins: readonly string[];
  /** ISO 8601; nothing is sent after it. */
  readonly until?: string;
  /** PEM file trusted beside the system's authorities. */
  readonly caCertificates?: string;
  readonly proxyUrl?: string;
  /** Source address on this machine, so that limits per address can be measured. */
  readonly localAddress?: string;
  readonly timeoutMs?: number;
  /** A longer body is not read to its end; default 128 MiB. */
  readonly longestBody?: number;
}

/** Disposing closes the kept connections. */
export type OpenSend = HttpSend & AsyncDisposable;

export function createHttpSend(options: SendOptions): OpenSend {
  const origins = new Set(options.allowedOrigins.map((address) => new URL(address).origin));
  const untilMs = options.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(options.until);
  const dispatcher = createDispatcher(options);
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    const url = new URL(request.url);
    refuseForeign(url, origins);
    refuseAfter(untilMs, options.until);
    const { timeoutMs = options.timeoutMs ?? 30_000 } = request;
    return exchange(dispatcher, url, { ...request, timeoutMs, longestBody: options.longestBody ?? 128 * 1024 * 1024 });
  };
  return Object.assign(send, { [Symbol.asyncDispose]: () => dispatcher.destroy() });
}

function createDispatcher(options: SendOptions): Dispatcher {
  const ca = trustedAuthorities(options.caCertificates);
  const limits = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 10_000 };
  if (options.proxyUrl !== undefined) {
    return new ProxyAgent({ uri: options.proxyUrl, requestTls: { ca }, proxyTls: { ca }, ...limits });
  }
  const source = options.localAddress === undefined ? {} : { localAddress: options.localAddress };
  return new Agent({ connect: { ca, timeout: 10_000 }, ...source, ...limits });
}

function refuseForeign(url: URL, origins: ReadonlySet<string>): void {
  if (origins.has(url.origin)) return;
  throw new RigError('defect', {
    de: `Sicherheitssperre: ${url.origin} gehört nicht zum Ziel (${[...origins].join(', ')}); es wurde nichts gesendet.`,
    en: `Safety lock: ${url.origin} is not part of the target (${[...origins].join(', ')}); nothing was sent.`,
  });
}

function refuseAfter(untilMs: number, until: string | undefined): void {
  if (Date.now() <= untilMs) return;
  throw new RigError('interrupted', {
    de: `Die Erlaubnis für das Ziel endete am ${until}; es wird nichts mehr gesendet.`,
    en: `The permission for the target ended at ${until}; nothing more is sent.`,
  });
}

type BoundedRequest = HttpRequest & { readonly timeoutMs: number; readonly longestBody: number };

async function exchange(dispatcher: Dispatcher, url: URL, request: BoundedRequest): Promise<HttpAnswer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(timedOut(url, request.timeoutMs)), request.timeoutMs);
  forwardAbort(request.signal, stop);
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: rawPath(request.url),
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal: stop.signal,
    });
    const bytes = await bodyOf(answer.body, url, request);
    return { status: answer.statusCode, headers: flatten(answer.headers), bytes, text: () => decoder.decode(bytes) };
  } catch (thrown) {
    if (stop.signal.reason instanceof RigError) throw stop.signal.reason;
    throw thrown instanceof RigError ? thrown : unreachable(url, request.method, thrown);
  } finally {
    clearTimeout(timer);
  }
}

/** Stops reading where the body becomes too long: the connection is closed, and memory stays bounded. */
async function bodyOf(body: AsyncIterable<Uint8Array>, url: URL, { method, longestBody }: BoundedRequest) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > longestBody) throw tooLong(`${method} ${url.pathname}`, longestBody);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, length));
}

function tooLong(request: string, longestBody: number): RigError {
  const size = `${Math.floor(longestBody / 1024 / 1024)} MiB`;
  return new RigError('answerUnreadable', {
    de: `Die Antwort auf ${request} ist länger als ${size}; sie wurde nicht zu Ende gelesen.`,
    en: `the answer to ${request} is longer than ${size}; it was not read to its end`,
  });
}

const decoder = new TextDecoder();

/** Path and query exactly as written: `URL` would resolve the dot segments a check wants to send. */
function rawPath(address: string): string {
  const path = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(address)?.[1] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}

function forwardAbort(signal: AbortSignalLike | undefined, stop: AbortController): void {
  const interrupted = () =>
    stop.abort(new RigError('interrupted', { de: 'Die Anfrage wurde abgebrochen.', en: 'The request was stopped.' }));
  if (signal?.aborted) interrupted();
  else signal?.addEventListener('abort', interrupted);
}

function timedOut(url: URL, timeoutMs: number): RigError {
  const where = hostAndPort(url);
  return new RigError('targetUnreachable', {
    de: `${where} hat nach ${timeoutMs} ms nicht vollständig geantwortet (${url.pathname}).`,
    en: `${where} did not answer completely within ${timeoutMs} ms (${url.pathname}).`,
  });
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
