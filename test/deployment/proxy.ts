import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Proxy {
  readonly url: string;
  /** host:port of every tunnel that was asked for. */
  readonly tunnels: readonly string[];
}

/** A proxy as a company has it, on a machine of its own: the target sees that one's address. */
export async function startProxy(machine: string): Promise<Proxy> {
  const tunnels: string[] = [];
  const server = createServer();
  server.on('connect', (request: IncomingMessage, near) => {
    tunnels.push(request.url ?? '');
    const [host = '', port] = (request.url ?? '').split(':');
    const far = connect({ host, port: Number(port), localAddress: machine, family: 4 }, () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels };
}
