import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificates } from '../../reference/certificates.ts';
import type { EdgePlan } from '../../reference/edge.ts';
import { edgeTexts } from '../../reference/edge-files.ts';
import type { Upstreams } from '../../reference/edge-upstreams.ts';
import type { InnerAddresses } from './addresses.ts';
import { startNginx } from './nginx.ts';
import type { Part } from './part.ts';

export interface StartedEdge extends AsyncDisposable {
  /** PEM file of the throw-away authority; absent without an edge. */
  readonly caCertificates?: string;
}

/** nginx in front of the homeserver and of the web client; without nginx nothing, and the progress says so. */
export async function startEdge(part: Part): Promise<StartedEdge> {
  const { directory, guard, options, addresses } = part;
  const { nginx, elementShellDist } = options.tools;
  if (nginx === undefined || addresses.edge === undefined) {
    options.progress({
      de: 'nginx ist nicht installiert: kein TLS, keine Sicherheits-Kopfzeilen, Verwaltung am öffentlichen Port offen.',
      en: 'nginx is not installed: no TLS, no security headers, administration not closed at the public port.',
    });
    return { [Symbol.asyncDispose]: async () => {} };
  }
  const certificates = createCertificates();
  const caCertificates = join(directory, 'authority.pem');
  await writeFile(caCertificates, certificates.authority);
  const folder = join(directory, 'edge');
  const { homeserverPort, clientPort } = addresses.edge;
  const plan: EdgePlan = {
    directory: folder,
    listenAddress: '127.0.0.1',
    homeserverPort,
    homeserverUrl: addresses.homeserverUrl,
    upstreams: upstreamsOf(addresses.inner),
    client: elementShellDist === undefined ? undefined : { port: clientPort, root: elementShellDist },
    user: process.getuid?.() === 0 ? 'root root' : undefined,
  };
  const { serverName, homeserverUrl, clientUrl } = addresses;
  const texts = edgeTexts(plan, { serverName, clientUrl: clientUrl ?? homeserverUrl }, certificates);
  const { signal } = options;
  const server = await startNginx({
    nginx,
    directory: folder,
    texts,
    url: homeserverUrl,
    authority: caCertificates,
    guard,
    signal,
  });
  return { caCertificates, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function upstreamsOf({ address, clientPort, workers }: InnerAddresses): Upstreams {
  return {
    main: `${address}:${clientPort}`,
    workers: workers && { sync: `${address}:${workers.syncPort}`, other: `${address}:${workers.otherPort}` },
  };
}
