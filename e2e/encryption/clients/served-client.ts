import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { HttpAnswer, HttpSend } from '../../../core/http/http.ts';
import type { Bench } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { ClientDriver } from '../../clients/client-driver.ts';
import { createElementDriver } from '../../clients/element-driver.ts';
import { createHydrogenDriver } from '../../clients/hydrogen-driver.ts';

/** element: the target's own client; hydrogen: a client of the bench, to see whether others can talk to the target's. */
export type ClientName = 'element' | 'hydrogen';

export interface ServedClient {
  readonly driver: ClientDriver;
  readonly origin: string;
  /** Answers for the client's program where the target does not. */
  serve(send: HttpSend): HttpSend;
}

export function servedClient({ target, tools }: Bench, name: ClientName): ServedClient {
  return name === 'element' ? ofTarget(target.clientUrl) : ofBench(tools.hydrogen, target.homeserverUrl);
}

function ofTarget(clientUrl: string | undefined): ServedClient {
  if (clientUrl === undefined) throw new RigError('defect', 'a client needs webClient, and it is missing');
  return { driver: createElementDriver(clientUrl), origin: new URL(clientUrl).origin, serve: (send) => send };
}

/** Found in no name service; the browser asks the bench for everything. */
const ownOrigin = 'https://hydrogen.pruefstand.invalid';

function ofBench(folder: string | undefined, homeserverUrl: string): ServedClient {
  if (folder === undefined) throw new RigError('defect', 'a second client needs hydrogen, and it is missing');
  const configuration = JSON.stringify({ defaultHomeServer: homeserverUrl });
  return {
    driver: createHydrogenDriver(ownOrigin),
    origin: ownOrigin,
    serve: (send) => async (request) => {
      const { origin, pathname } = new URL(request.url);
      if (origin !== ownOrigin) return send(request);
      if (pathname === '/config.json') return answerOf('.json', Buffer.from(configuration));
      return fileAnswer(folder, pathname === '/' ? '/index.html' : pathname);
    },
  };
}

async function fileAnswer(folder: string, path: string): Promise<HttpAnswer> {
  try {
    // Normalised while it is absolute, a path cannot leave the folder.
    return answerOf(extname(path), await readFile(join(folder, normalize(decodeURIComponent(path)))));
  } catch {
    return { ...answerOf('.txt', Buffer.alloc(0)), status: 404 };
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const answerOf = (extension: string, bytes: Buffer): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': mediaTypes[extension] ?? 'application/octet-stream' },
  bytes,
  text: () => bytes.toString('utf8'),
});
