import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type SecureVersion } from 'node:tls';
import type { Endpoint } from './endpoint.ts';
import { createSelfSigned } from './self-signed.ts';

/** A TLS server of ours on this machine; disposing ends it. */
export interface RunningEndpoint extends AsyncDisposable {
  readonly endpoint: Endpoint;
}

export interface EndpointTraits {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  /** DNS names in the certificate; default: the right one. */
  readonly names?: readonly string[];
  /** Whether the caller is told to trust it; default: yes. */
  readonly trusted?: boolean;
  /** Days from now to the end of the certificate; negative: over. Default 30. */
  readonly validDays?: number;
}

const host = 'localhost';
const dayMs = 24 * 3_600_000;

export async function startEndpoint(traits: EndpointTraits): Promise<RunningEndpoint> {
  const { minVersion, maxVersion, names = [host], trusted = true, validDays = 30 } = traits;
  const notAfter = new Date(Date.now() + validDays * dayMs);
  const notBefore = new Date(Math.min(Date.now(), notAfter.getTime()) - dayMs);
  const { certificate, key } = createSelfSigned({ names, notBefore, notAfter });
  const server = createServer({ cert: certificate, key, minVersion, maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' });
  // Refused handshakes are what it is here for.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: { host, port, authorities: trusted ? [certificate] : [] },
    [Symbol.asyncDispose]: async () => {
      server.close();
    },
  };
}
