import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const completeName = '.complete';

/** A folder counts as installed only with its last file, which is written when all the rest is there. */
export const isInstalled = (folder: string): boolean => existsSync(join(folder, completeName));

/**
 * Fills a folder whose name carries the hash of what it is made from. What an interrupted attempt left is removed
 * first; earlier builds (siblings whose name begins with `supersedes`) are removed last. It is filled in place
 * rather than moved there, because a Python environment does not survive being moved.
 */
export async function installFolder(
  folder: string,
  supersedes: string | undefined,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await fill(folder);
  writeFileSync(join(folder, completeName), `${new Date().toISOString()}\n`);
  if (supersedes !== undefined) removeSiblings(folder, supersedes);
}

function removeSiblings(folder: string, prefix: string): void {
  const parent = dirname(folder);
  for (const name of readdirSync(parent)) {
    if (name.startsWith(prefix) && name !== basename(folder))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}
