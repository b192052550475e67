import { join } from 'node:path';
import type { StartedNetwork, StartedTestContainer } from 'testcontainers';
import { throwIfStopped } from '../../wait.ts';
import { LoopbackContainer } from './loopback-container.ts';

/** What every container of one deployment is made with. */
export interface ContainerContext {
  readonly runId: string;
  /** On this machine, for what is kept of the containers. */
  readonly directory: string;
  readonly network: StartedNetwork;
  /** Takes over what was started. */
  readonly stack: AsyncDisposableStack;
  readonly signal?: AbortSignal | undefined;
}

export function container(context: ContainerContext, image: string, alias: string): LoopbackContainer {
  const { runId, network, directory } = context;
  const made = new LoopbackContainer(image, { runId, logFile: join(directory, `${alias}.log`) });
  return made.withNetwork(network).withNetworkAliases(alias);
}

/** Ended at once and with its volumes: nothing of it is kept. */
export async function start(context: ContainerContext, made: LoopbackContainer): Promise<StartedTestContainer> {
  throwIfStopped(context.signal, 'a container');
  const started = await made.start().catch((thrown: unknown) => {
    throw notReady(thrown, made);
  });
  context.stack.defer(async () => void (await started.stop({ timeout: 1, remove: true, removeVolumes: true })));
  throwIfStopped(context.signal, 'a container');
  return started;
}

/** Keeps the engine's words, by which a taken port is known, and adds those of the program. */
function notReady(thrown: unknown, made: LoopbackContainer): Error {
  const lines = made.lastLines();
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Error(lines === '' ? detail : `${detail}\nThe container wrote last:\n${lines}`, { cause: thrown });
}

/** Files for a container: name in the folder → text. */
export function contents(folder: string, texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([name, content]) => ({ content, target: `${folder}/${name}`, mode: 0o644 }));
}
