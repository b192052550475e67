import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpSend } from '../../../core/http/http.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Guard } from '../../guard/guard.ts';
import { createHttpSend } from '../../http/send.ts';
import { edgeConfigurationFile } from '../../reference/edge-files.ts';
import { type StartedProcess, startProcess } from './processes.ts';
import { untilReady } from './readiness.ts';

export interface NginxOptions {
  readonly nginx: string;
  readonly directory: string;
  readonly texts: Readonly<Record<string, string>>;
  /** Where it must answer. */
  readonly url: string;
  /** PEM file of the authority behind its certificate. */
  readonly authority: string;
  readonly guard: Guard;
  readonly signal?: AbortSignal | undefined;
}

/** Resolves when the edge accepts connections; the homeserver behind it may still be starting. */
export async function startNginx(options: NginxOptions): Promise<StartedProcess> {
  await using stack = new AsyncDisposableStack();
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(options.texts)) {
    await writeFile(join(options.directory, name), text, { mode: 0o600 });
  }
  const configuration = join(options.directory, edgeConfigurationFile);
  const server = await startProcess(
    {
      name: 'nginx',
      command: options.nginx,
      args: ['-c', configuration, '-p', options.directory, '-e', 'stderr'],
      directory: options.directory,
      logFile: join(options.directory, '..', 'nginx.log'),
    },
    options.guard,
  );
  stack.use(server);
  await using send = createHttpSend({ allowedOrigins: [options.url], caCertificates: options.authority });
  await untilReady(server, () => isOurs(send, options.url), options.signal);
  stack.move();
  return server;
}

/** Only our edge has a certificate of the authority made for this deployment. */
async function isOurs(send: HttpSend, url: string): Promise<boolean> {
  try {
    return (await send({ method: 'GET', url: `${url}/.well-known/matrix/client` })).status === 200;
  } catch (thrown) {
    if (thrown instanceof RigError && thrown.code === 'targetUnreachable') return false;
    throw thrown;
  }
}
