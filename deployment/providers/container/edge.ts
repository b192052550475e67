import { type StartedTestContainer, Wait } from 'testcontainers';
import type { EdgePlan } from '../../reference/edge.ts';
import { edgeConfigurationFile } from '../../reference/edge-files.ts';
import { type ContainerContext, container, contents, start } from './parts.ts';

export const edgeFolder = '/edge';
export const edgePorts = { homeserver: 8448, client: 8449 } as const;
const clientFolder = '/client';

export interface EdgeOptions {
  readonly image: string;
  readonly plan: Omit<EdgePlan, 'client'>;
  readonly texts: Readonly<Record<string, string>>;
  readonly hostPorts: { readonly homeserver: number; readonly client: number };
  /** Folder on this machine with the built web client. */
  readonly clientFolder?: string | undefined;
}

export const clientPlan = (folder: string | undefined): EdgePlan['client'] =>
  folder === undefined ? undefined : { port: edgePorts.client, root: clientFolder };

export async function startEdge(context: ContainerContext, options: EdgeOptions): Promise<StartedTestContainer> {
  const { hostPorts } = options;
  const made = container(context, options.image, 'edge')
    .withCopyContentToContainer(contents(edgeFolder, options.texts))
    .withEntrypoint(['nginx'])
    .withCommand(['-e', 'stderr', '-c', `${edgeFolder}/${edgeConfigurationFile}`])
    .withExposedPorts({ container: edgePorts.homeserver, host: hostPorts.homeserver })
    .withWaitStrategy(Wait.forListeningPorts());
  if (options.clientFolder !== undefined) {
    made
      .withExposedPorts({ container: edgePorts.client, host: hostPorts.client })
      // The mode is given to folders too, which nobody can look into without the executable bit.
      .withCopyDirectoriesToContainer([{ source: options.clientFolder, target: clientFolder, mode: 0o755 }]);
  }
  return start(context, made);
}
