import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RigError } from '../../core/model/rig-error.ts';
import { installFolder } from '../lib/folder-install.ts';
import { run } from '../lib/run.ts';
import { repositoryRoot } from '../places.ts';
import type { InstallTask } from '../steps/step.ts';
import { findPython } from './find-python.ts';
import { defaultSynapse, isPinned, synapseFolder, synapsePins } from './synapse.ts';

/** A Python environment of its own; by hash for the versions pinned here, else by version alone, which is told. */
export async function installSynapse(version: string, task: InstallTask): Promise<void> {
  const python = await pythonFor(task);
  await installFolder(synapseFolder(version), `${version}-`, async (folder) => {
    task.say({ en: `from PyPI, with Python ${python.version}`, de: `von PyPI, mit Python ${python.version}` });
    await run(task, { command: python.path, args: ['-m', 'venv', folder], cwd: folder });
    const environmentPython = join(folder, 'bin', 'python');
    const pip = (args: readonly string[]) =>
      run(task, { command: environmentPython, args: ['-m', 'pip', ...args], cwd: folder, env: pipSettings });
    await pip(['install', '--no-compile', '--only-binary', ':all:', ...whatToInstall(version)]);
    await pip(['check']);
    await run(task, { command: environmentPython, args: compileArgs(folder), cwd: folder });
  });
}

const pipSettings = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1', PIP_REQUIRE_VIRTUALENV: '1' };

/** With hashes for all, pip need not look for what depends on what. */
function whatToInstall(version: string): readonly string[] {
  if (isPinned(version)) return ['--no-deps', '--require-hashes', '-r', join(repositoryRoot, synapsePins(version))];
  return [`matrix-synapse[oidc,url-preview]==${version}`, ...drivers()];
}

/** Of PostgreSQL and Redis, which Synapse itself only names as extras: the same as beside the default version. */
function drivers(): readonly string[] {
  const wanted = readFileSync(join(import.meta.dirname, `requirements-${defaultSynapse}.in`), 'utf8');
  return wanted.split('\n').filter((line) => /^[a-z]/.test(line) && !line.startsWith('matrix-synapse'));
}

/** On all cores at once, where pip would use one. */
function compileArgs(folder: string): readonly string[] {
  return ['-m', 'compileall', '-q', '-j', '0', join(folder, 'lib')];
}

async function pythonFor({ environment }: InstallTask) {
  const found = await findPython(environment);
  if (found?.canMakeEnvironments) return found;
  const what = found === undefined ? 'Python 3.11 to 3.14' : `the venv module of ${found.path}`;
  const was = found === undefined ? 'Python 3.11 bis 3.14' : `das Modul venv von ${found.path}`;
  throw new RigError('toolMissing', {
    en: `${what} is missing, which Synapse needs; install it: apt-get install python3 python3-venv`,
    de: `Für Synapse fehlt ${was}; abhelfen kann: apt-get install python3 python3-venv`,
  });
}
