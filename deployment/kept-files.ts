import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptContent } from '../core/model/bench.ts';

/** All files below a folder, each in one piece; `where` is the path inside the folder. */
export const filesBelow = (folder: string): KeptContent => ({
  visit: async (see) => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(emptyIfMissing);
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) see(file.slice(folder.length + 1), await readFile(file));
    return files.length;
  },
});

/** The logs in a folder, line by line; `where` is the name of the file. */
export const logsIn = (folder: string): KeptContent => ({
  visit: async (see) => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    let lines = 0;
    for (const name of names.toSorted()) {
      for (const line of (await readFile(join(folder, name), 'latin1')).split('\n').filter(Boolean)) {
        lines++;
        see(name, line);
      }
    }
    return lines;
  },
});

/** Before the first upload there is no folder. */
function emptyIfMissing(thrown: unknown): [] {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
  throw thrown;
}
