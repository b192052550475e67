import { RigError } from '../../core/model/rig-error.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { startGuard } from '../guard/guard.ts';
import { ensureImages } from '../images/ensure.ts';
import { createLab } from '../lab/lab.ts';
import type { Deployment, DeploymentProvider, DeployOptions } from '../provider.ts';
import { withStorageErrors } from '../storage-error.ts';
import { startOnce } from './container/start-once.ts';
import { startWithFreePorts } from './free-ports-retry.ts';

/** The reference deployment in containers: PostgreSQL, Synapse and the edge in one network. */
export const containerProvider: DeploymentProvider = {
  name: 'container',
  deploy: (options) => withStorageErrors(() => deploy(options)),
};

async function deploy(options: DeployOptions): Promise<Deployment> {
  refuseOtherForms(options);
  const { docker } = options.tools;
  if (docker === undefined) throw engineMissing();
  await using stack = new AsyncDisposableStack();
  const { runId, scratchDirectory, progress, signal } = options;
  const guard = stack.use(await startGuard(scratchDirectory, runId));
  guard.hold({ kind: 'folder', path: scratchDirectory });
  const images = await ensureImages({ docker, progress, signal });
  guard.hold({ kind: 'containers', docker, runId });
  const start = (attempt: number) => startOnce({ options, images, docker, attempt });
  const { bench } = stack.use(await startWithFreePorts(progress, start));
  // Variants are processes; without Synapse on this machine there are none.
  const lab = options.tools.synapsePython === undefined ? {} : { lab: stack.use(createLab(options, guard)) };
  const owned = stack.move();
  return { bench: { ...bench, ...lab }, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function refuseOtherForms({ variant, synapseVersion }: DeployOptions): void {
  if (variant !== 'workers' && synapseVersion === undefined) return;
  throw new UsageError({
    de: 'Worker und andere Versionen von Synapse gibt es nur als Prozesse: --provider process angeben.',
    en: 'Workers and other versions of Synapse exist as processes only: pass --provider process.',
  });
}

const engineMissing = (): RigError =>
  new RigError('toolMissing', {
    de: 'Für Container fehlt eine Engine; installieren mit: apt-get install docker.io iptables',
    en: 'Containers need an engine; install it with: apt-get install docker.io iptables',
  });
