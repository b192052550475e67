import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const shellFolder = fileURLToPath(new URL('..', import.meta.url));
export const sourceFolder = join(shellFolder, 'src');
export const distFolder = join(shellFolder, 'dist');
export const modulesFolder = join(shellFolder, 'node_modules');
export const sdkFolder = join(modulesFolder, 'matrix-react-sdk');

export function requireInstalled() {
  if (existsSync(sdkFolder)) return;
  throw new Error(`element-shell: ${sdkFolder} is missing; run "npm ci" in ${shellFolder} first`);
}

export function directorySizeMiB(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath ?? file.path, file.name)).size, 0);
  return bytes / 1024 / 1024;
}
