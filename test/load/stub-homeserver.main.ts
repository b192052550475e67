import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A poll that waits: answered when a message comes or its time is over. */
interface Waiting {
  readonly response: ServerResponse;
  readonly from: number;
  readonly timer: NodeJS.Timeout;
}

const counts = { received: 0, answered: 0, dropped: 0, sends: 0 };
const waiting = new Set<Waiting>();
/** Everything that was sent; a token is a place in it. */
const events: { readonly roomId: string; readonly event: object }[] = [];

/** As long as a real answer without news. */
const quiet =
  '"device_one_time_keys_count":{"signed_curve25519":50},"device_unused_fallback_key_types":["signed_curve25519"]';

function answer(response: ServerResponse, from: number): void {
  const news = events.slice(from);
  const [first] = news;
  const rooms = { join: { [first?.roomId ?? '']: { timeline: { events: news.map(({ event }) => event) } } } };
  counts.answered++;
  end(
    response,
    first === undefined
      ? `{"next_batch":"s${events.length}",${quiet}}`
      : JSON.stringify({ next_batch: `s${events.length}`, rooms }),
  );
}

function end(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function sync(url: string, response: ServerResponse): void {
  counts.received++;
  const waitMs = Number(/[?&]timeout=(\d+)/.exec(url)?.[1] ?? 0);
  const from = Number(/[?&]since=s(\d+)/.exec(url)?.[1] ?? events.length);
  if (waitMs === 0 || from < events.length) {
    answer(response, from);
    return;
  }
  const timer = setTimeout(() => {
    waiting.delete(poll);
    answer(response, from);
  }, waitMs);
  const poll: Waiting = { response, from, timer };
  waiting.add(poll);
  response.once('close', () => {
    if (!waiting.delete(poll)) return;
    clearTimeout(timer);
    counts.dropped++;
  });
}

async function take(request: IncomingMessage, url: string, response: ServerResponse): Promise<void> {
  counts.sends++;
  const content: unknown = JSON.parse(await text(request));
  const roomId = decodeURIComponent(/\/rooms\/([^/]+)\//.exec(url)?.[1] ?? '');
  // A token of the bench is the name of its owner.
  const sender = request.headers.authorization?.slice('Bearer '.length);
  events.push({ roomId, event: { type: 'm.room.encrypted', sender, content } });
  end(response, `{"event_id":"$${events.length}"}`);
  for (const poll of waiting) {
    waiting.delete(poll);
    clearTimeout(poll.timer);
    answer(poll.response, poll.from);
  }
}

const server = createServer(
  { keepAlive: false, noDelay: true, connectionsCheckingInterval: 600_000 },
  (request, response) => {
    const { url = '', method } = request;
    if (method === 'GET') sync(url, response);
    else void take(request, url, response);
  },
);
Object.assign(server, { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, () =>
  process.send?.((server.address() as AddressInfo).port),
);

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  process.send?.({ ...counts, peakKib: maxRSS, cpuSeconds: (user + system) / 1e6 });
});
process.on('disconnect', () => process.exit());
