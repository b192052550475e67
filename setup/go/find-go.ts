import { ask } from '../lib/ask.ts';
import { findExecutable } from '../lib/find-executable.ts';
import { isAtLeast, versionIn } from '../lib/version.ts';

/** The first Go that can fetch another Go by GOTOOLCHAIN. */
const firstWithToolchains = '1.21.0';

export interface FoundGo {
  readonly path: string;
  readonly version: string;
}

export type GoUse = 'asItIs' | 'fetchesNewer' | 'tooOld';

export async function findGo(environment: NodeJS.ProcessEnv): Promise<FoundGo | undefined> {
  const path = findExecutable(['go', '/usr/local/go/bin/go'], environment['PATH'] ?? '');
  if (path === undefined) return undefined;
  const words = await ask(path, ['version'], { ...environment, GOTOOLCHAIN: 'local' });
  const version = versionIn(words ?? '');
  return version === undefined ? undefined : { path, version };
}

export function useOf(version: string, wanted: string): GoUse {
  if (isAtLeast(version, wanted)) return 'asItIs';
  return isAtLeast(version, firstWithToolchains) ? 'fetchesNewer' : 'tooOld';
}
