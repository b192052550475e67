import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Beginning of every temporary folder of a run, so that `pruefstand cleanup` finds what a killed run left. */
export const scratchPrefix = (runId: string): string => `pruefstand-${runId}-`;

/** A private folder, short enough for the paths of sockets. */
export function createScratchDirectory(runId: string): Promise<string> {
  return mkdtemp(join(tmpdir(), scratchPrefix(runId)));
}
