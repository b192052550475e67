import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elementShellFolder, hydrogenShellFolder } from '../places.ts';

export interface PackageJson {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export const packageJson = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The version of matrix-react-sdk that the reference client is built of. */
export const clientLibraryVersion = (): string | undefined =>
  packageJson(elementShellFolder).dependencies?.['matrix-react-sdk'];

/** The version of hydrogen-view-sdk that the second client is built of. */
export const secondClientVersion = (): string | undefined =>
  packageJson(hydrogenShellFolder).dependencies?.['hydrogen-view-sdk'];
