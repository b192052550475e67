import { chmodSync, createWriteStream, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RigError } from '../../core/model/rig-error.ts';
import { installFolder, isInstalled } from '../lib/folder-install.ts';
import { toolsFolder } from '../places.ts';
import type { InstallTask } from '../steps/step.ts';
import { moduleHash } from './module-hash.ts';
import { firstProxy } from './proxy.ts';
import { unzip } from './unzip.ts';

const sumFile = join(import.meta.dirname, 'toolchain.sum');

export interface PinnedToolchain {
  readonly module: string;
  readonly goVersion: string;
  readonly sum: string;
}

/** The toolchain of this machine's kind from lines in the form of go.sum. */
export function pinnedToolchain(sums: string, arch: string): PinnedToolchain | undefined {
  const goArch = arch === 'x64' ? 'amd64' : arch;
  const line = sums.split('\n').find((candidate) => candidate.includes(`.linux-${goArch} `));
  const [path, version, sum] = line?.split(' ') ?? [];
  if (path === undefined || version === undefined || sum === undefined) return undefined;
  return { module: `${path}@${version}`, goVersion: /go(\d+(?:\.\d+)+)/.exec(version)?.[1] ?? '', sum };
}

export function toolchainOfThisMachine(): PinnedToolchain {
  const pinned = pinnedToolchain(readFileSync(sumFile, 'utf8'), process.arch);
  if (pinned !== undefined) return pinned;
  throw new RigError('toolMissing', `${sumFile} pins no Go for ${process.arch}; install Go yourself`);
}

/** Where no Go is installed: the toolchain module from the module proxy, its sum checked, in .tools/go. Resolves with its `go`. */
export async function fetchToolchain(task: InstallTask): Promise<string> {
  const pinned = toolchainOfThisMachine();
  const folder = join(toolsFolder, 'go', pinned.goVersion);
  const program = join(folder, 'go', 'bin', 'go');
  if (isInstalled(folder)) return program;
  await installFolder(folder, '', async () => {
    const zip = join(folder, 'toolchain.zip');
    task.say({ en: `fetching Go ${pinned.goVersion}`, de: `Go ${pinned.goVersion} wird geholt` });
    await download(pinned, zip, task);
    unzip(zip, folder);
    const unpacked = join(folder, pinned.module);
    checkSum(pinned, moduleHash(unpacked, pinned.module));
    markExecutable(unpacked);
    renameSync(unpacked, join(folder, 'go'));
    rmSync(join(folder, 'golang.org'), { recursive: true });
    rmSync(zip);
  });
  return program;
}

async function download({ module }: PinnedToolchain, zip: string, { environment, signal }: InstallTask): Promise<void> {
  const proxy = firstProxy(environment['GOPROXY']);
  const [path, version] = module.split('@');
  if (proxy === undefined) {
    throw new RigError('toolMissing', `GOPROXY=${environment['GOPROXY']} names no module proxy; install Go yourself`);
  }
  const url = `${proxy.url}/${path}/@v/${version}.zip`;
  const response = await fetch(url, { headers: proxy.headers, signal }).catch((cause: unknown) => {
    throw new RigError('toolMissing', `${url} could not be reached; install Go yourself or set GOPROXY`, { cause });
  });
  if (!response.ok || response.body === null) {
    throw new RigError('toolMissing', `${url} answered ${response.status}; install Go yourself or set GOPROXY`);
  }
  await pipeline(Readable.fromWeb(response.body), createWriteStream(zip), { signal });
}

function checkSum({ module, sum }: PinnedToolchain, found: string): void {
  if (sum === found) return;
  throw new RigError(
    'toolFailed',
    `${module} from the module proxy has the sum ${found} instead of ${sum}; do not use it`,
  );
}

/** A module's zip carries no permissions; Go itself sets these when it fetches a toolchain. */
function markExecutable(root: string): void {
  const tools = join(root, 'pkg', 'tool');
  const folders = [join(root, 'bin'), ...readdirSync(tools).map((name) => join(tools, name))];
  for (const folder of folders) for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o755);
}
