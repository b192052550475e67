import { join } from 'node:path';

export const repositoryRoot = join(import.meta.dirname, '..');
/** Everything the set-up installs beside node_modules; may be removed at any time, the next start brings it back. */
export const toolsFolder = join(repositoryRoot, '.tools');
export const logsFolder = join(toolsFolder, 'logs');
export const lockFile = join(toolsFolder, 'setup.lock');
export const elementShellFolder = join(repositoryRoot, 'e2e', 'clients', 'element-shell');
export const hydrogenShellFolder = join(repositoryRoot, 'e2e', 'clients', 'hydrogen-shell');
