import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Guard } from '../../guard/guard.ts';
import type { SynapsePlan } from '../../reference/synapse-configuration.ts';
import { writeSynapseFiles } from '../../reference/synapse-files.ts';
import { type StartedProcess, startProcess } from './processes.ts';
import { answers } from './readiness.ts';

export interface SynapseOptions {
  readonly python: string;
  readonly plan: SynapsePlan;
  readonly guard: Guard;
  readonly signal?: AbortSignal | undefined;
}

/** Resolves when the homeserver answers; with workers when they do, too. Disposing ends the workers first. */
export async function startSynapse(options: SynapseOptions): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const { plan, signal } = options;
  await mkdir(plan.directory, { recursive: true, mode: 0o700 });
  await writeSynapseFiles(plan, plan.directory, (path, text) => writeFile(path, text, { mode: 0o600 }));
  const main = stack.use(await startOne(options, 'Synapse', 'homeserver', ['homeserver.yaml']));
  await answers(main, `http://${plan.bindAddress}:${plan.adminPort}/health`, signal);
  await Promise.all(
    (plan.workers?.instances ?? []).map(async ({ name, port }) => {
      const worker = stack.use(await startOne(options, name, 'generic_worker', ['homeserver.yaml', `${name}.yaml`]));
      await answers(worker, `http://${plan.bindAddress}:${port}/health`, signal);
    }),
  );
  const owned = stack.move();
  return { [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function startOne(
  options: SynapseOptions,
  name: string,
  app: string,
  files: readonly string[],
): Promise<StartedProcess> {
  const directory = options.plan.directory;
  return startProcess(
    {
      name,
      command: options.python,
      args: ['-m', `synapse.app.${app}`, ...files.flatMap((file) => ['-c', join(directory, file)])],
      directory,
      env: withoutRepository,
      logFile: join(directory, '..', `${name.toLowerCase()}.log`),
    },
    options.guard,
  );
}

/** Installed inside a repository, Synapse would take that one's commit for its own and show it in its version. */
const withoutRepository = { GIT_DIR: '/dev/null' };
