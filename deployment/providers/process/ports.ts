import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/**
 * Free ports of a loopback address, all different. The wanted one (0: any) is taken where it is free, so that addresses stay
 * the same from run to run. Whoever binds them later may still come too late: the start is then repeated with other ports.
 */
export async function freePorts<Name extends string>(
  address: string,
  wanted: Readonly<Record<Name, number>>,
): Promise<Record<Name, number>> {
  const servers: Server[] = [];
  const ports: Partial<Record<Name, number>> = {};
  for (const name of Object.keys(wanted) as Name[]) {
    const server = (await listen(address, wanted[name])) ?? (await listen(address, 0));
    if (server === undefined) throw new Error(`this machine has no free port on ${address}`);
    servers.push(server);
    ports[name] = (server.address() as AddressInfo).port;
  }
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports as Record<Name, number>;
}

async function listen(address: string, port: number): Promise<Server | undefined> {
  const server = createServer();
  try {
    await once(server.listen(port, address), 'listening');
    return server;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE') return undefined;
    throw thrown;
  }
}

/**
 * A loopback address that nobody else on this machine uses: what listens there is ours, even when several deployments
 * start at once. Linux answers on all of 127.0.0.0/8.
 */
export function ownLoopbackAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}
