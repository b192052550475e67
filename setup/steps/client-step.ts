import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';
import { contentHash } from '../early/content-hash.mjs';
import { modulesAreStamped, npmInstalledAll, stampModules } from '../early/node-modules.mjs';
import { npmCommand } from '../early/npm.mjs';
import { run } from '../lib/run.ts';
import type { PartName } from '../parts.ts';
import { repositoryRoot, toolsFolder } from '../places.ts';
import type { InstallTask, SetupStep } from './step.ts';

/** A web client that is bundled on this machine from its own lockfile. */
export interface ClientShell {
  readonly name: PartName;
  readonly title: Text;
  readonly folder: string;
  /** Files and folders in it from which `dist` is built. */
  readonly sources: readonly string[];
  readonly optional: boolean;
}

const stampOf = ({ name }: ClientShell): string => join(toolsFolder, name, 'built-from');
const distOf = ({ folder }: ClientShell): string => join(folder, 'dist');

const wanted = ({ folder, sources }: ClientShell): string =>
  contentHash(
    repositoryRoot,
    sources.map((source) => relative(repositoryRoot, join(folder, source))),
  );

/** The folder to serve, or undefined when it is not wholly built from what is in the repository now. */
export function locateClient(shell: ClientShell): string | undefined {
  const [stamp, dist] = [stampOf(shell), distOf(shell)];
  const isBuilt =
    existsSync(stamp) && existsSync(join(dist, 'index.html')) && readFileSync(stamp, 'utf8') === wanted(shell);
  return isBuilt ? dist : undefined;
}

export const clientStep = (shell: ClientShell): SetupStep => ({
  name: shell.name,
  title: shell.title,
  optional: shell.optional,
  after: [],
  isReady: () => locateClient(shell) !== undefined,
  lacking: () => (locateClient(shell) === undefined ? [shell.name] : []),
  install: async (task) => {
    const builtFrom = wanted(shell);
    const stamp = stampOf(shell);
    rmSync(stamp, { force: true });
    if (!modulesAreStamped(shell.folder)) {
      if (!npmInstalledAll(shell.folder)) await installPackages(task, shell.folder);
      stampModules(shell.folder);
    }
    task.say({ en: 'bundling', de: 'wird gebündelt' });
    await run(task, { command: process.execPath, args: ['build.mjs'], cwd: shell.folder });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, builtFrom);
  },
});

async function installPackages(task: InstallTask, folder: string): Promise<void> {
  const modulesFolder = join(folder, 'node_modules');
  const npm = npmCommand({ environment: task.environment, execPath: process.execPath, modulesFolder });
  if (npm === undefined) throw new RigError('toolMissing', 'npm was not found on PATH; install Node together with npm');
  task.say('npm ci');
  const args = [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  await run(task, { command: npm.command, args, cwd: folder, env: { PATH: npm.path } });
}
