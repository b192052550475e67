import { ask } from '../lib/ask.ts';
import { findExecutable } from '../lib/find-executable.ts';
import { isAtLeast, versionIn } from '../lib/version.ts';

export const oldestPython = '3.11';
const newestPython = '3.14';

export interface FoundPython {
  readonly path: string;
  readonly version: string;
  /** Debian keeps the module that makes environments in a package of its own. */
  readonly canMakeEnvironments: boolean;
}

/** The system's own Python comes first: it stays when a person's version manager changes. */
const names = ['3.11', '3.12', '3.13', '3.14'].flatMap((version) => [`/usr/bin/python${version}`, `python${version}`]);

/** The first Python for which hashes are pinned; one that can make environments is preferred. */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<FoundPython | undefined> {
  let usable: FoundPython | undefined;
  for (const name of [...(environment['PRUEFSTAND_PYTHON'] ?? '').split(' ').filter(Boolean), ...names, 'python3']) {
    const found = await look(name, environment);
    if (found?.canMakeEnvironments) return found;
    usable ??= found;
  }
  return usable;
}

async function look(name: string, environment: NodeJS.ProcessEnv): Promise<FoundPython | undefined> {
  const path = findExecutable([name], environment['PATH'] ?? '');
  if (path === undefined) return undefined;
  const version = versionIn((await ask(path, ['--version'], environment)) ?? '');
  if (version === undefined || !isSupported(version)) return undefined;
  const canMakeEnvironments = (await ask(path, ['-c', 'import ensurepip, venv'], environment)) !== undefined;
  return { path, version, canMakeEnvironments };
}

export function isSupported(version: string): boolean {
  return isAtLeast(version, oldestPython) && !isAtLeast(version, nextAfter(newestPython));
}

function nextAfter(version: string): string {
  const [major, minor] = version.split('.');
  return `${major}.${Number(minor) + 1}`;
}
