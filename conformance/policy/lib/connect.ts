import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { RigError } from '../../../core/model/rig-error.ts';
import { type Endpoint, endpointName } from './endpoint.ts';

const timeoutMs = 10_000;

/** A plain connection, through the proxy where there is one. Rejects with `targetUnreachable`. */
export async function connect(endpoint: Endpoint): Promise<Socket> {
  try {
    return await (endpoint.proxyUrl === undefined ? direct(endpoint) : throughProxy(endpoint, endpoint.proxyUrl));
  } catch (cause) {
    const name = endpointName(endpoint);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RigError(
      'targetUnreachable',
      { de: `${name} ist nicht erreichbar (${reason}).`, en: `${name} cannot be reached (${reason}).` },
      { cause },
    );
  }
}

async function direct({ host, port }: Endpoint): Promise<Socket> {
  const socket = connectTcp({ host, port });
  await opened(socket, 'connect');
  return socket;
}

async function throughProxy(endpoint: Endpoint, proxyUrl: string): Promise<Socket> {
  const proxy = new URL(proxyUrl);
  const credentials = Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`);
  const tunnel = request({
    host: proxy.hostname,
    port: proxy.port === '' ? 80 : Number(proxy.port),
    method: 'CONNECT',
    path: endpointName(endpoint),
    headers: proxy.username === '' ? {} : { 'proxy-authorization': `Basic ${credentials.toString('base64')}` },
  });
  tunnel.end();
  const [answer, socket]: [IncomingMessage, Socket] = await opened(tunnel, 'connect');
  if (answer.statusCode === 200) return socket;
  socket.destroy();
  throw new Error(`the proxy ${proxy.host} answered ${answer.statusCode}`);
}

/** What fails is torn down; nobody listens to it any more, so later errors must not end the process. */
async function opened<T extends unknown[]>(connection: Socket | ClientRequest, event: string): Promise<T> {
  connection.on('error', () => undefined);
  try {
    return (await once(connection, event, { signal: AbortSignal.timeout(timeoutMs) })) as T;
  } catch (thrown) {
    connection.destroy();
    throw thrown;
  }
}
