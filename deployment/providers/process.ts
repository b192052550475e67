import { startGuard } from '../guard/guard.ts';
import { createLab } from '../lab/lab.ts';
import type { Deployment, DeploymentProvider, DeployOptions } from '../provider.ts';
import { withStorageErrors } from '../storage-error.ts';
import { startWithFreePorts } from './free-ports-retry.ts';
import { startOnce } from './process/start-once.ts';

/** The reference deployment as processes of this machine. */
export const processProvider: DeploymentProvider = {
  name: 'process',
  deploy: (options) => withStorageErrors(() => deploy(options)),
};

async function deploy(options: DeployOptions): Promise<Deployment> {
  await using stack = new AsyncDisposableStack();
  const guard = stack.use(await startGuard(options.scratchDirectory, options.runId));
  guard.hold({ kind: 'folder', path: options.scratchDirectory });
  const start = (attempt: number) => startOnce(options, guard, attempt);
  const { bench } = stack.use(await startWithFreePorts(options.progress, start));
  const lab = stack.use(createLab(options, guard));
  const owned = stack.move();
  return { bench: { ...bench, lab }, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
