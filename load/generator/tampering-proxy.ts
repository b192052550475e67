import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../../core/model/bench.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { LoadDefect } from '../scenarios/scenario.ts';
import { createTampering, type Tampering } from './tamper.ts';
import { tamperAnswer } from './tamper-answer.ts';
import { operationOf } from './tampered-operation.ts';

/** A homeserver with a defect: the real one, behind a proxy on the loopback that alters what it answers. */
export interface TamperingProxy extends AsyncDisposable {
  readonly baseUrl: string;
}

/** Longer than any poll. */
const upstreamTimeoutMs = 120_000;

export async function startTamperingProxy(bench: Bench, defect: LoadDefect): Promise<TamperingProxy> {
  const stop = new AbortController();
  const tampering = createTampering(defect);
  let defectOfOurs: unknown;
  const server = createServer((request, response) => {
    answer({ bench, tampering, signal: stop.signal, request, response }).catch((thrown: unknown) => {
      // A homeserver that does not answer is passed on as such; anything else must not look like one.
      const unreachable = thrown instanceof RigError && thrown.code === 'targetUnreachable';
      if (!unreachable && !stop.signal.aborted) defectOfOurs ??= thrown;
      response.destroy();
    });
  });
  // A poll stays open longer than a server expects of idle connections.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      if (defectOfOurs !== undefined)
        throw new RigError('defect', 'the tampering proxy failed', { cause: defectOfOurs });
    },
  };
}

interface AnswerOptions {
  readonly bench: Bench;
  readonly tampering: Tampering;
  readonly signal: AbortSignal;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function answer({ bench, tampering, signal, request, response }: AnswerOptions): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = request;
  const operation = operationOf(method, path);
  const body = await buffer(request);
  if (tampering.refuses(operation)) {
    reply(response, 500, JSON.stringify({ errcode: 'M_UNKNOWN', error: 'Internal server error' }));
    return;
  }
  const authorization = headers.authorization ?? '';
  const upstream = await bench.send({
    method,
    url: bench.target.homeserverUrl + tampering.path(operation, path),
    headers: { authorization, 'content-type': headers['content-type'] ?? 'application/json' },
    ...(body.length > 0 && { body }),
    timeoutMs: upstreamTimeoutMs,
    signal,
  });
  const delayMs = tampering.delayMs(operation);
  if (delayMs > 0) await delay(delayMs, undefined, { signal });
  const isAltered = operation !== 'other' && upstream.status === 200;
  const device = authorization;
  const answered = () => tamperAnswer(tampering, { operation, device, text: upstream.text() });
  reply(response, upstream.status, isAltered ? answered() : upstream.bytes);
}

function reply(response: ServerResponse, status: number, body: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}
