import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { npmCommand } from './npm.mjs';

const folder = mkdtempSync(join(tmpdir(), 'npm-command-'));
const modulesFolder = join(folder, 'node_modules');
const inside = join(modulesFolder, '.bin');
const outside = join(folder, 'bin');
for (const bin of [inside, outside]) {
  mkdirSync(bin, { recursive: true });
  for (const name of ['node', 'npm', 'npm-cli.js', 'yarn.js']) {
    writeFileSync(join(bin, name), '');
    chmodSync(join(bin, name), 0o755);
  }
}
const PATH = `${inside}:${outside}`;
const execPath = join(inside, 'node');

test('under npm start the npm that called is used, on the node that runs it and not on the one to be replaced', () => {
  const environment = { PATH, npm_execpath: join(outside, 'npm-cli.js'), npm_node_execpath: execPath };
  expect(npmCommand({ environment, execPath, modulesFolder })).toEqual({
    command: join(outside, 'node'),
    args: [join(outside, 'npm-cli.js')],
    path: outside,
  });
});

test('called by hand, the npm in PATH outside node_modules is used', () => {
  const npm = npmCommand({ environment: { PATH }, execPath, modulesFolder });
  expect(npm).toEqual({ command: join(outside, 'npm'), args: [], path: outside });
});

test('another package manager is no npm', () => {
  const environment = { PATH, npm_execpath: join(outside, 'yarn.js') };
  expect(npmCommand({ environment, execPath, modulesFolder })?.command).toBe(join(outside, 'npm'));
});

test('no npm anywhere is said', () => {
  expect(npmCommand({ environment: { PATH: inside }, execPath, modulesFolder })).toBeUndefined();
});
