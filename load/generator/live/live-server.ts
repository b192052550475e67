import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveFigures } from './live-figures.ts';
import { livePage } from './live-page.ts';

/** A page on the loopback that shows a run as it goes on. Disposing tells open pages that it is over. */
export interface LiveServer extends AsyncDisposable {
  readonly url: string;
  show(figures: LiveFigures): void;
}

/** What a page that is opened later gets at once. */
const keptSeconds = 60;

export async function startLiveServer(scenario: string): Promise<LiveServer> {
  const pages = new Set<ServerResponse>();
  const kept: string[] = [];
  const server = createServer((request, response) => {
    if (!isOurs(request)) refuse(response);
    else if (request.url === '/') sendPage(response, scenario);
    else if (request.url === '/figures') {
      openStream(response, kept);
      pages.add(response);
      response.once('close', () => pages.delete(response));
    } else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    show: (figures) => {
      const event = `data: ${JSON.stringify(figures)}\n\n`;
      kept.push(event);
      if (kept.length > keptSeconds) kept.shift();
      for (const page of pages) page.write(event);
    },
    [Symbol.asyncDispose]: async () => {
      for (const page of pages) page.end('event: end\ndata: \n\n');
      server.closeIdleConnections();
      const closed = once(server, 'close');
      server.close();
      setTimeout(() => server.closeAllConnections(), 200).unref();
      await closed;
    },
  };
}

/** A page elsewhere may not read ours by a name of its own for this address. */
function isOurs({ headers, method }: IncomingMessage): boolean {
  return method === 'GET' && /^(?:127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');
}

function refuse(response: ServerResponse): void {
  response.writeHead(403).end();
}

function sendPage(response: ServerResponse, scenario: string): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; connect-src 'self'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  response.writeHead(200, { ...headers, 'cache-control': 'no-store' }).end(livePage(scenario, nonce));
}

function openStream(response: ServerResponse, kept: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(kept.join('') || ': open\n\n');
}
