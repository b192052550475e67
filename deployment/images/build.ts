import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';
import { referenceSynapseVersion } from '../provider.ts';
import { runToEnd } from '../providers/process/commands.ts';
import { localImages } from './names.ts';
import { bootstrapArguments } from './recipe.ts';

const requirements = fileURLToPath(
  new URL(`../../setup/synapse/requirements-${referenceSynapseVersion}.txt`, import.meta.url),
);

/**
 * Builds the images from Debian packages and pinned wheels, for machines that reach package mirrors but no image registry.
 * Resolves with the names of the images.
 */
export async function buildImages(progress: (text: Text) => void, signal?: AbortSignal): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pruefstand-images-'));
  const archive = join(folder, 'root.tar');
  try {
    progress({
      de: 'Debian 12 mit Python, PostgreSQL, nginx und Synapse wird in ein Archiv eingerichtet …',
      en: 'Installing Debian 12 with Python, PostgreSQL, nginx and Synapse into an archive …',
    });
    await run('mmdebstrap', bootstrapArguments(requirements, archive), signal, bootstrapMissing);
    progress({ de: 'Das Archiv wird eingelesen …', en: 'Importing the archive …' });
    const names = Object.values(localImages);
    const [first, ...others] = names;
    if (first === undefined) return [];
    await run('docker', ['import', ...changes, archive, first], signal, engineMissing);
    for (const name of others) await run('docker', ['tag', first, name], signal, engineMissing);
    return names;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const changes = ['--change', 'ENV PATH=/opt/synapse/bin:/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin'];

async function run(command: string, args: readonly string[], signal: AbortSignal | undefined, missing: () => RigError) {
  try {
    return await runToEnd(command, args, { signal });
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw missing();
    throw thrown;
  }
}

const bootstrapMissing = (): RigError =>
  new RigError('toolMissing', {
    de: 'Zum Bauen der Abbilder fehlt mmdebstrap; installieren mit: apt-get install mmdebstrap',
    en: 'Building the images needs mmdebstrap; install it with: apt-get install mmdebstrap',
  });

const engineMissing = (): RigError =>
  new RigError('toolMissing', {
    de: 'Zum Bauen der Abbilder fehlt eine Container-Engine; installieren mit: apt-get install docker.io iptables',
    en: 'Building the images needs a container engine; install it with: apt-get install docker.io iptables',
  });
