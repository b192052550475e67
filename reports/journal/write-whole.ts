import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { storageError } from './storage-error.ts';

/** Writes a file that is either whole on the disk or not there at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const partial = `${path}.partial`;
  try {
    writeFileSync(partial, content, { flush: true });
    renameSync(partial, path);
  } catch (thrown) {
    rmSync(partial, { force: true });
    throw storageError(path, thrown);
  }
}
