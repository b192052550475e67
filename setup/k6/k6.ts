import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../early/content-hash.mjs';
import { repositoryRoot, toolsFolder } from '../places.ts';

export const k6Module = 'go.k6.io/k6';
export const k6Pins = ['setup/k6/go.mod', 'setup/k6/go.sum'] as const;

export const k6Folder = (): string => join(toolsFolder, 'k6', contentHash(repositoryRoot, k6Pins));

/** What go.mod says about k6 and about the oldest Go that can build it. */
export function k6Wanted(goMod = readFileSync(join(repositoryRoot, k6Pins[0]), 'utf8')): { k6: string; go: string } {
  const k6 = /^\s*(?:require\s+)?go\.k6\.io\/k6 v(\S+)/m.exec(goMod)?.[1];
  const go = /^go (\S+)/m.exec(goMod)?.[1];
  if (k6 === undefined || go === undefined) throw new Error(`${k6Pins[0]} names no version of k6 or Go`);
  return { k6, go };
}
