import { existsSync } from 'node:fs';
import { type RequestOptions, request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface ContainerEngine {
  readonly version: string;
  /** Where it answers, as DOCKER_HOST would say it. */
  readonly host: string;
}

const answerWithinMs = 15_000;

/** The first engine that answers where Docker and Podman usually listen. Resolves undefined when none does. */
export async function findContainerEngine(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ContainerEngine | undefined> {
  for (const host of engineHosts(environment)) {
    const version = await versionAt(host);
    if (version !== undefined) return { version, host };
  }
  return undefined;
}

/** DOCKER_HOST decides alone when it is set, as it does for Docker itself. */
export function engineHosts(environment: NodeJS.ProcessEnv): readonly string[] {
  const chosen = environment['DOCKER_HOST'];
  if (chosen) return [chosen];
  const runtime = environment['XDG_RUNTIME_DIR'];
  const own = runtime === undefined ? [] : [join(runtime, 'docker.sock'), join(runtime, 'podman', 'podman.sock')];
  const sockets = ['/var/run/docker.sock', ...own, join(homedir(), '.docker', 'run', 'docker.sock')];
  return sockets.filter((path) => existsSync(path)).map((path) => `unix://${path}`);
}

function versionAt(host: string): Promise<string | undefined> {
  const where = addressOf(host);
  if (where === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const asking = request({ ...where, path: '/version', timeout: answerWithinMs }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve(/"Version"\s*:\s*"([^"]+)"/.exec(body)?.[1]));
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(undefined));
    asking.end();
  });
}

function addressOf(host: string): RequestOptions | undefined {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  const remote = /^(?:tcp|http):\/\/([^/:]+):(\d+)/.exec(host);
  return remote?.[1] === undefined ? undefined : { host: remote[1], port: Number(remote[2]) };
}
