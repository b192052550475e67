import { join } from 'node:path';
import { fetchToolchain, toolchainOfThisMachine } from '../go/fetch-toolchain.ts';
import { findGo, useOf } from '../go/find-go.ts';
import { k6Folder, k6Module, k6Wanted } from '../k6/k6.ts';
import { installFolder, isInstalled } from '../lib/folder-install.ts';
import { run } from '../lib/run.ts';
import { repositoryRoot } from '../places.ts';
import type { InstallTask, SetupStep } from './step.ts';

/** The load generator, built from its Go module: the npm package of that name is empty, and a module's sums are pinned. */
export const k6Step: SetupStep = {
  name: 'k6',
  title: `k6 ${k6Wanted().k6}`,
  optional: false,
  after: [],
  isReady: () => isInstalled(k6Folder()),
  lacking: () => (isInstalled(k6Folder()) ? [] : ['k6']),
  install: async (task) => {
    const go = await goFor(task);
    task.say({ en: 'building with Go, about 2 minutes', de: 'wird mit Go gebaut, etwa 2 Minuten' });
    await installFolder(k6Folder(), '', (folder) => build(task, go, folder));
  },
};

interface UsableGo {
  readonly path: string;
  /** What GOTOOLCHAIN is to be. */
  readonly toolchain: string;
}

async function goFor(task: InstallTask): Promise<UsableGo> {
  const found = await findGo(task.environment);
  const use = found === undefined ? 'tooOld' : useOf(found.version, k6Wanted().go);
  if (found === undefined || use === 'tooOld') return { path: await fetchToolchain(task), toolchain: 'local' };
  return { path: found.path, toolchain: use === 'asItIs' ? 'local' : `go${toolchainOfThisMachine().goVersion}` };
}

async function build(task: InstallTask, { path, toolchain }: UsableGo, folder: string): Promise<void> {
  await run(task, {
    command: path,
    args: ['build', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', join(folder, 'k6'), k6Module],
    cwd: join(repositoryRoot, 'setup', 'k6'),
    env: { CGO_ENABLED: '0', GOTOOLCHAIN: toolchain, GOWORK: 'off' },
  });
}
