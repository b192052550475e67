import { type StartedTestContainer, Wait } from 'testcontainers';
import { mediaFolder, type SynapsePlan } from '../../reference/synapse-configuration.ts';
import { writeSynapseFiles } from '../../reference/synapse-files.ts';
import type { MediaMount } from './media-mount.ts';
import { type ContainerContext, container, contents, start } from './parts.ts';

export const synapseFolder = '/synapse';
export const clientPort = 8008;
export const adminPort = 8009;

/** Only the port for administration is published; people come through the edge. */
export async function startSynapse(
  context: ContainerContext,
  image: string,
  { plan, media }: { readonly plan: SynapsePlan; readonly media: MediaMount },
): Promise<StartedTestContainer> {
  const files: Record<string, string> = {};
  await writeSynapseFiles(plan, '.', async (path, text) => {
    files[path.replace('./', '')] = text;
  });
  const made = container(context, image, 'synapse')
    .withUser(media.user)
    .withTmpFs({ [plan.dataDirectory]: 'rw,mode=1777' })
    .withBindMounts([{ source: media.folder, target: mediaFolder(plan), mode: 'rw' }])
    .withCopyContentToContainer(contents(synapseFolder, files))
    .withEntrypoint(['python', '-m', 'synapse.app.homeserver'])
    .withCommand(['-c', `${synapseFolder}/homeserver.yaml`])
    .withExposedPorts(adminPort)
    .withWaitStrategy(Wait.forHttp('/health', adminPort).forStatusCode(200));
  return start(context, made);
}
