import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

const usual = ['/tmp', '/var/tmp'];

/**
 * Where a folder for another user can lie: the first of the temporary folders whose whole way any user may go, since that
 * of root is often private (libpam-tmpdir). Where none is, the first, whose error then names it.
 */
export async function temporaryFolderForOthers(first = tmpdir(), others: readonly string[] = usual): Promise<string> {
  for (const folder of [first, ...others]) if (await isOpenToAll(folder)) return folder;
  return first;
}

const othersMayEnter = 0o001;

async function isOpenToAll(path: string): Promise<boolean> {
  const mode = (await stat(path).catch(() => undefined))?.mode ?? 0;
  if ((mode & othersMayEnter) === 0) return false;
  return path === dirname(path) || isOpenToAll(dirname(path));
}
