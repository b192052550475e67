import type { StartedNetwork, StartedTestContainer } from 'testcontainers';
import { throwIfStopped } from '../../wait.ts';
import { LoopbackContainer } from './loopback-container.ts';

/** What every container of one deployment is made with. */
export interface ContainerContext {
  readonly runId: string;
  readonly network: StartedNetwork;
  /** Takes over what was started. */
  readonly stack: AsyncDisposableStack;
  readonly signal?: AbortSignal | undefined;
}

export function container(context: ContainerContext, image: string, alias: string): LoopbackContainer {
  return new LoopbackContainer(image, context.runId).withNetwork(context.network).withNetworkAliases(alias);
}

/** Ended at once and with its volumes: nothing of it is kept. */
export async function start(context: ContainerContext, made: LoopbackContainer): Promise<StartedTestContainer> {
  throwIfStopped(context.signal, 'a container');
  const started = await made.start();
  context.stack.defer(async () => void (await started.stop({ timeout: 1, remove: true, removeVolumes: true })));
  throwIfStopped(context.signal, 'a container');
  return started;
}

/** Files for a container: name in the folder → text. */
export function contents(folder: string, texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([name, content]) => ({ content, target: `${folder}/${name}`, mode: 0o644 }));
}
