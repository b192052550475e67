import { Buffer } from 'node:buffer';
import type { BrowserContext, Page, Request, Route } from 'playwright-core';
import type { HttpAnswer, HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { redactUrl } from '../../../core/http/redact.ts';

export interface ServeOptions {
  /** The target as the pages see it. */
  readonly send: HttpSend;
  readonly allowedOrigins: ReadonlySet<string>;
  /** Hears of every request a page made to anybody else; none of them left. */
  onBlocked(request: BlockedRequest): void;
  /** Hears why a request of an open page got no answer. */
  onTrouble(trouble: unknown): void;
}

export interface BlockedRequest {
  readonly method: string;
  readonly url: string;
}

/** Longer than any long poll. */
const timeoutMs = 90_000;

/** Answers every request of the page through the bench, which knows authorities, proxy and permission of the target. */
export async function serveThroughBench(page: Page, options: ServeOptions): Promise<void> {
  await page.route('**/*', (route) => answer(route, options));
}

/** For requests of pages that nobody serves, and for sockets, which no client of the target needs. */
export async function blockEverything(context: BrowserContext, onBlocked: ServeOptions['onBlocked']): Promise<void> {
  await context.route('**/*', (route) => refuse(route, onBlocked));
  await context.routeWebSocket(/.*/, (socket) => {
    onBlocked({ method: 'WebSocket', url: redactUrl(socket.url()) });
    return socket.close();
  });
}

function refuse(route: Route, onBlocked: ServeOptions['onBlocked']): Promise<void> {
  const request = route.request();
  onBlocked({ method: request.method(), url: redactUrl(request.url()) });
  return route.abort('blockedbyclient');
}

/** Never throws: nobody waits for a route, and an error nobody waits for would end the whole run. */
async function answer(route: Route, options: ServeOptions): Promise<void> {
  const request = route.request();
  if (!options.allowedOrigins.has(new URL(request.url()).origin)) return refuse(route, options.onBlocked);
  try {
    await route.fulfill(fulfilmentFrom(await options.send(requestFrom(request))));
  } catch (thrown) {
    // A long poll may outlive the page that asked; nobody waits for that answer any more.
    if (request.frame().page().isClosed()) return;
    options.onTrouble(thrown);
    await route.abort('connectionfailed').catch(options.onTrouble);
  }
}

function requestFrom(request: Request): HttpRequest {
  const { 'accept-encoding': _, ...headers } = request.headers();
  const body = request.postDataBuffer();
  return { method: request.method(), url: request.url(), headers, ...(body && { body }), timeoutMs };
}

function fulfilmentFrom({ status, headers, bytes }: HttpAnswer) {
  const { 'content-length': _, connection: __, 'transfer-encoding': ___, ...kept } = headers;
  return { status, headers: kept, body: Buffer.from(bytes) };
}
