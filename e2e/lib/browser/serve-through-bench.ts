import { Buffer } from 'node:buffer';
import type { BrowserContext, Page, Request, Route } from 'playwright-core';
import type { HttpAnswer, HttpSend } from '../../../core/http/http.ts';
import { redactUrl } from '../../../core/http/redact.ts';
import { RigError } from '../../../core/model/rig-error.ts';

export interface ServeOptions {
  /** The target as the pages see it. */
  readonly send: HttpSend;
  readonly allowedOrigins: ReadonlySet<string>;
  /** Hears of every request a page made to anybody else; none of them left. */
  onBlocked(request: BlockedRequest): void;
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

async function answer(route: Route, { send, allowedOrigins, onBlocked }: ServeOptions): Promise<void> {
  const request = route.request();
  const url = request.url();
  if (!allowedOrigins.has(new URL(url).origin)) return refuse(route, onBlocked);
  const body = request.postDataBuffer();
  try {
    const got = await send({
      method: request.method(),
      url,
      headers: headersOf(request),
      ...(body && { body }),
      timeoutMs,
    });
    await whileOpen(request, () => route.fulfill(fulfilmentFrom(got)));
  } catch (thrown) {
    if (!(thrown instanceof RigError)) throw thrown;
    await whileOpen(request, () => route.abort('connectionfailed'));
  }
}

function headersOf(request: Request): Record<string, string> {
  const { 'accept-encoding': _, ...headers } = request.headers();
  return headers;
}

function fulfilmentFrom({ status, headers, bytes }: HttpAnswer) {
  const { 'content-length': _, connection: __, 'transfer-encoding': ___, ...kept } = headers;
  return { status, headers: kept, body: Buffer.from(bytes) };
}

/** A long poll may outlive the page that asked; nobody waits for that answer any more. */
async function whileOpen(request: Request, reply: () => Promise<void>): Promise<void> {
  try {
    await reply();
  } catch (thrown) {
    if (!request.frame().page().isClosed()) throw thrown;
  }
}
