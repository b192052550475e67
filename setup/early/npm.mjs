import { existsSync } from 'node:fs';
import { basename, delimiter, join, sep } from 'node:path';

/**
 * How to call npm so that it does not run from the very node_modules it is about to replace: under `npm start` both
 * node and PATH point there first.
 * @param {{ environment: NodeJS.ProcessEnv, execPath: string, modulesFolder: string }} options
 * @returns {{ command: string, args: string[], path: string } | undefined} undefined when there is no npm
 */
export function npmCommand({ environment, execPath, modulesFolder }) {
  const outside = (/** @type {string | undefined} */ file) =>
    file !== undefined && !`${file}${sep}`.startsWith(modulesFolder + sep);
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '' && outside(folder));
  const path = folders.join(delimiter);
  const script = environment['npm_execpath'];
  const node = [environment['npm_node_execpath'], execPath, onPath('node', folders)].find(
    (file) => outside(file) && file !== undefined && existsSync(file),
  );
  if (node !== undefined && script !== undefined && /^npm-cli\.c?js$/.test(basename(script)) && existsSync(script)) {
    return { command: node, args: [script], path };
  }
  const npm = onPath('npm', folders);
  return npm === undefined ? undefined : { command: npm, args: [], path };
}

/**
 * @param {string} name
 * @param {string[]} folders
 */
function onPath(name, folders) {
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
