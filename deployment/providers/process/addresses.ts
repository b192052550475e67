import type { DeployOptions } from '../../provider.ts';
import { freePorts, ownLoopbackAddress } from './ports.ts';

/** Where everything of one deployment listens. */
export interface Addresses {
  readonly serverName: string;
  readonly homeserverUrl: string;
  readonly adminUrl: string;
  readonly clientUrl?: string | undefined;
  readonly edge?: { readonly homeserverPort: number; readonly clientPort: number } | undefined;
  readonly inner: InnerAddresses;
}

export interface InnerAddresses {
  readonly address: string;
  /** Where clients reach it without an edge. */
  readonly clientAddress?: string;
  readonly clientPort: number;
  readonly adminPort: number;
  readonly workers?:
    | { readonly replicationPort: number; readonly syncPort: number; readonly otherPort: number }
    | undefined;
}

const publicAddress = '127.0.0.1';

/**
 * The server name carries the edge's port, so that a client which looks the name up finds the discovery document there.
 * 8448 and 8449 are tried first: then addresses are the same in every run.
 */
export async function chooseAddresses(options: DeployOptions): Promise<Addresses> {
  if (options.tools.nginx === undefined) return withoutEdge(options);
  const edge = await freePorts(publicAddress, { homeserverPort: 8448, clientPort: 8449 });
  const inner = await chooseInner(options);
  const serverName = `localhost:${edge.homeserverPort}`;
  return {
    serverName,
    homeserverUrl: `https://${serverName}`,
    adminUrl: `http://${inner.address}:${inner.adminPort}`,
    clientUrl: options.tools.elementShellDist === undefined ? undefined : `https://localhost:${edge.clientPort}`,
    edge,
    inner,
  };
}

async function withoutEdge(options: DeployOptions): Promise<Addresses> {
  const { clientPort } = await freePorts(publicAddress, { clientPort: 0 });
  const inner = { ...(await chooseInner(options)), clientAddress: publicAddress, clientPort };
  const serverName = `localhost:${clientPort}`;
  const adminUrl = `http://${inner.address}:${inner.adminPort}`;
  return { serverName, homeserverUrl: `http://${serverName}`, adminUrl, inner };
}

async function chooseInner(options: DeployOptions): Promise<InnerAddresses> {
  const address = ownLoopbackAddress();
  const ports = await freePorts(address, {
    clientPort: 0,
    adminPort: 0,
    replicationPort: 0,
    syncPort: 0,
    otherPort: 0,
  });
  const { clientPort, adminPort, ...workers } = ports;
  return { address, clientPort, adminPort, workers: options.variant === 'workers' ? workers : undefined };
}
