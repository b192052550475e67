import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RigError } from '../../core/model/rig-error.ts';
import { contentHash } from '../early/content-hash.mjs';
import { modulesAreStamped, npmInstalledAll, stampModules } from '../early/node-modules.mjs';
import { npmCommand } from '../early/npm.mjs';
import { run } from '../lib/run.ts';
import { elementShellFolder, repositoryRoot, toolsFolder } from '../places.ts';
import type { InstallTask, SetupStep } from './step.ts';

const stamp = join(toolsFolder, 'element-shell', 'built-from');
const dist = join(elementShellFolder, 'dist');
const pins = ['package-lock.json', 'package.json', '.npmrc', 'build.mjs', 'build', 'src'].map(
  (name) => `e2e/clients/element-shell/${name}`,
);

const wanted = (): string => contentHash(repositoryRoot, pins);

/** The folder to serve, or undefined when it is not wholly built from what is in the repository now. */
export function locateElementShell(): string | undefined {
  const isBuilt = existsSync(stamp) && existsSync(join(dist, 'index.html')) && readFileSync(stamp, 'utf8') === wanted();
  return isBuilt ? dist : undefined;
}

/** The web client served by default, bundled on this machine from its own lockfile. */
export const elementShellStep: SetupStep = {
  name: 'element-shell',
  title: { en: 'Element interface', de: 'Element-Oberfläche' },
  optional: false,
  after: [],
  isReady: () => locateElementShell() !== undefined,
  lacking: () => (locateElementShell() === undefined ? ['element-shell'] : []),
  install: async (task) => {
    const builtFrom = wanted();
    rmSync(stamp, { force: true });
    if (!modulesAreStamped(elementShellFolder)) {
      if (!npmInstalledAll(elementShellFolder)) await installPackages(task);
      stampModules(elementShellFolder);
    }
    task.say({ en: 'bundling', de: 'wird gebündelt' });
    await run(task, { command: process.execPath, args: ['build.mjs'], cwd: elementShellFolder });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, builtFrom);
  },
};

async function installPackages(task: InstallTask): Promise<void> {
  const modulesFolder = join(elementShellFolder, 'node_modules');
  const npm = npmCommand({ environment: task.environment, execPath: process.execPath, modulesFolder });
  if (npm === undefined) throw new RigError('toolMissing', 'npm was not found on PATH; install Node together with npm');
  task.say('npm ci');
  const args = [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  await run(task, { command: npm.command, args, cwd: elementShellFolder, env: { PATH: npm.path } });
}
