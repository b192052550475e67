import { type AddressInfo, createServer, type Socket } from 'node:net';

// HTTP by hand: Node's own server costs more for each open connection and each answer than what is measured at it.

/** A poll that waits: answered when a message comes or its time is over. */
interface Waiting {
  readonly socket: Socket;
  readonly from: number;
  readonly timer: NodeJS.Timeout;
}

interface Request {
  readonly path: string;
  readonly head: string;
  readonly body: string;
  /** Characters of the text that belong to it. */
  readonly length: number;
}

const counts = { received: 0, answered: 0, dropped: 0, sends: 0 };
const waiting = new Map<Socket, Waiting>();
/** Beginnings of requests whose rest is still to come. */
const partial = new Map<Socket, string>();
/** Everything that was sent; a token is a place in it. */
const events: { readonly roomId: string; readonly event: object }[] = [];

/** As long as a real answer without news. */
const quiet = {
  device_one_time_keys_count: { signed_curve25519: 50 },
  device_unused_fallback_key_types: ['signed_curve25519'],
};

function respond(socket: Socket, body: object): void {
  const text = JSON.stringify(body);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`;
  socket.write(head + text);
}

function answer(socket: Socket, from: number): void {
  const news = events.slice(from);
  const [first] = news;
  const next_batch = `s${events.length}`;
  const timeline = { events: news.map(({ event }) => event) };
  counts.answered++;
  respond(
    socket,
    first === undefined ? { next_batch, ...quiet } : { next_batch, rooms: { join: { [first.roomId]: { timeline } } } },
  );
}

function answerWaiting(poll: Waiting): void {
  waiting.delete(poll.socket);
  clearTimeout(poll.timer);
  answer(poll.socket, poll.from);
}

function answerLate(socket: Socket): void {
  const poll = waiting.get(socket);
  if (poll !== undefined) answerWaiting(poll);
}

function sync(socket: Socket, path: string): void {
  counts.received++;
  const waitMs = Number(/[?&]timeout=(\d+)/.exec(path)?.[1] ?? 0);
  const from = Number(/[?&]since=s(\d+)/.exec(path)?.[1] ?? events.length);
  if (waitMs === 0 || from < events.length) answer(socket, from);
  else waiting.set(socket, { socket, from, timer: setTimeout(answerLate, waitMs, socket) });
}

function take(socket: Socket, { path, head, body }: Request): void {
  counts.sends++;
  const roomId = decodeURIComponent(/\/rooms\/([^/]+)\//.exec(path)?.[1] ?? '');
  // A token of the tests is the name of its owner.
  const sender = /^authorization: Bearer (.*)$/im.exec(head)?.[1];
  const content: unknown = JSON.parse(body);
  events.push({ roomId, event: { type: 'm.room.encrypted', event_id: `$${events.length}`, sender, content } });
  respond(socket, { event_id: `$${events.length - 1}` });
  for (const poll of waiting.values()) answerWaiting(poll);
}

/** The first whole request of a text; undefined while something of it is missing. Bodies are plain ASCII here. */
function requestIn(text: string): Request | undefined {
  const headLength = text.indexOf('\r\n\r\n') + 4;
  if (headLength < 4) return undefined;
  const head = text.slice(0, headLength);
  const length = headLength + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  if (text.length < length) return undefined;
  const [, path = ''] = head.slice(0, head.indexOf('\r\n')).split(' ');
  return { path, head, body: text.slice(headLength, length), length };
}

function onData(this: Socket, chunk: Buffer): void {
  let text = (partial.get(this) ?? '') + chunk.toString('latin1');
  for (let request = requestIn(text); request !== undefined; request = requestIn(text)) {
    text = text.slice(request.length);
    if (request.path.startsWith('/_matrix/client/v3/sync?')) sync(this, request.path);
    else if (request.path.includes('/send/')) take(this, request);
    else respond(this, {});
  }
  if (text === '') partial.delete(this);
  else partial.set(this, text);
}

function onClose(this: Socket): void {
  partial.delete(this);
  const poll = waiting.get(this);
  if (poll === undefined) return;
  waiting.delete(this);
  clearTimeout(poll.timer);
  counts.dropped++;
}

/** A client that is killed resets its connections; they are closed all the same. */
const onError = () => {};

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', onData).on('close', onClose).on('error', onError);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, () =>
  process.send?.((server.address() as AddressInfo).port),
);

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  process.send?.({ ...counts, peakKib: maxRSS, cpuSeconds: (user + system) / 1e6 });
});
process.on('disconnect', () => process.exit());
