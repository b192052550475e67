import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Go's own sum of a module's files (`h1:`, as in go.sum), so that any proxy's packing of the same files is accepted.
 * Source: https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
 */
export function moduleHash(folder: string, module: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const sum = createHash('sha256');
  for (const path of names.map((name) => `${module}/${name}`).toSorted(byBytes)) {
    const content = readFileSync(join(folder, path.slice(module.length + 1)));
    sum.update(`${createHash('sha256').update(content).digest('hex')}  ${path}\n`);
  }
  return `h1:${sum.digest('base64')}`;
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
