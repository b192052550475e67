import { RigError } from '../../core/model/rig-error.ts';
import { startGuard } from '../guard/guard.ts';
import type { Deployment, DeploymentProvider, DeployOptions } from '../provider.ts';
import { startOnce } from './process/start-once.ts';

const attempts = 5;

/** The reference deployment as processes of this machine. */
export const processProvider: DeploymentProvider = { name: 'process', deploy };

async function deploy(options: DeployOptions): Promise<Deployment> {
  await using stack = new AsyncDisposableStack();
  const guard = stack.use(await startGuard(options.scratchDirectory));
  guard.hold({ kind: 'folder', path: options.scratchDirectory });
  const started = stack.use(await startWithFreePorts(options, (attempt) => startOnce(options, guard, attempt)));
  const owned = stack.move();
  return { bench: started.bench, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Somebody else may take a port between its choice and its use; then everything starts again with other ports. */
async function startWithFreePorts(
  options: DeployOptions,
  start: (attempt: number) => Promise<Deployment>,
): Promise<Deployment> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(attempt);
    } catch (thrown) {
      if (!(thrown instanceof RigError && thrown.code === 'portInUse') || attempt === attempts) throw thrown;
      options.progress(`A port was taken meanwhile; starting again with others (${attempt} of ${attempts - 1}).`);
    }
  }
}
