import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RigError } from '../../core/model/rig-error.ts';
import { mostCharactersPerBatch, refusedStatus } from '../scenarios/collector-protocol.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import { batchIn, senderIn } from './batch.ts';
import type { Collection } from './collection.ts';

export interface Listen {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** What one process is given before it begins. */
export interface ProcessInput {
  readonly plan: LoadPlan;
  readonly users: readonly UserRow[];
}

/** What the processes find behind the server once everything is prepared. */
export interface Offer {
  readonly inputs: ReadonlyMap<number, ProcessInput>;
  readonly collection: Pick<Collection, 'begin' | 'enter'>;
}

export interface CollectorServer extends AsyncDisposable {
  readonly port: number;
  /** Until then every process is asked to wait. */
  open(offer: Offer): void;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One record may be longer than a batch should be, when somebody missed thousands of messages. */
const mostBytes = 16 * mostCharactersPerBatch;
const notReady: Answer = { status: 503 };

/**
 * Takes what the processes tell, by HTTP: `GET /alive`; with the key as bearer token `GET /runners/<n>/plan` and `/users`,
 * `POST /begin` and `/records`. Throws `portInUse` when it cannot listen.
 */
export async function startCollectorServer(listen: Listen, key: string): Promise<CollectorServer> {
  let offer: Offer | undefined;
  const isKey = keyCheck(key);
  const server = createServer(async (request, response) => {
    try {
      send(response, await answerTo(request, isKey, offer));
    } catch (thrown) {
      if (thrown instanceof SyntaxError) send(response, { status: 400 });
      // The process was gone in the middle of what it posted.
      else if (!request.complete) response.destroy();
      else throw thrown;
    }
  });
  server.keepAliveTimeout = 60_000;
  server.listen(listen.port, listen.host);
  await once(server, 'listening').catch((cause: unknown) => {
    throw cannotListen(listen, cause);
  });
  return {
    port: (server.address() as AddressInfo).port,
    open: (opened) => {
      offer = opened;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answerTo(
  request: IncomingMessage,
  isKey: (header: string | undefined) => boolean,
  offer: Offer | undefined,
): Promise<Answer> {
  const { method, url = '' } = request;
  if (method === 'GET' && url === '/alive') return { status: 200 };
  if (!isKey(request.headers.authorization)) return { status: 401 };
  if (offer === undefined) return notReady;
  if (method === 'GET') return inputFor(url, offer);
  if (method !== 'POST') return { status: 405 };
  const data = await bodyOf(request);
  if (data === undefined) return { status: 413 };
  if (url === '/begin') return begin(JSON.parse(data), offer);
  return url === '/records' ? enter(JSON.parse(data), offer) : { status: 404 };
}

function inputFor(url: string, { inputs }: Offer): Answer {
  const [, process, part] = /^\/runners\/(\d+)\/(plan|users)$/.exec(url) ?? [];
  const input = inputs.get(Number(process));
  if (input === undefined) return { status: 404 };
  return { status: 200, body: part === 'plan' ? input.plan : input.users };
}

function begin(data: unknown, { collection }: Offer): Answer {
  const sender = senderIn(data);
  if (sender === undefined) return { status: 400 };
  const measuringFromMs = collection.begin(sender, Date.now());
  return measuringFromMs === undefined ? { status: refusedStatus } : { status: 200, body: { measuringFromMs } };
}

function enter(data: unknown, { collection }: Offer): Answer {
  const batch = batchIn(data);
  if (batch === undefined) return { status: 400 };
  return { status: collection.enter(batch, Date.now()) ? 200 : refusedStatus };
}

/** Undefined when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Compares digests, so that neither content nor length of the key shows in the time it takes. */
function keyCheck(key: string): (header: string | undefined) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(`Bearer ${key}`);
  return (header = '') => timingSafeEqual(digest(header), wanted);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '{}' : JSON.stringify(body));
}

function cannotListen({ host, port }: Listen, cause: unknown): RigError {
  const where = `${host}:${port}`;
  return new RigError(
    'portInUse',
    {
      de: `Der Sammler kann nicht auf ${where} lauschen; mit --listen eine andere Adresse wählen.`,
      en: `The collector cannot listen on ${where}; choose another address with --listen.`,
    },
    { cause },
  );
}
