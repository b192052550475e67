import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

const ownAddress = '127.0.0.1';

/** Listens at the wanted port where it is free, so that addresses are the same in every run, else at any. Resolves with `host:port`. */
export async function listening(server: Server, wanted: number, address = ownAddress): Promise<string> {
  try {
    await once(server.listen(wanted, address), 'listening');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE')) throw thrown;
    await once(server.listen(0, address), 'listening');
  }
  // The bench may end without asking whether anybody still listens.
  server.unref();
  return `${address}:${(server.address() as AddressInfo).port}`;
}
