import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';
import { runToEnd } from '../providers/process/commands.ts';
import { type ImageNames, localImages, publishedImages } from './names.ts';

export interface EnsureOptions {
  readonly docker: string;
  readonly progress: (text: Text) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Images that are on this machine when this resolves: published ones, else those built here, else fetched now. */
export async function ensureImages(options: EnsureOptions): Promise<ImageNames> {
  const present = await presentImages(options.docker, options.signal);
  if (present !== undefined) return present;
  for (const name of Object.values(publishedImages)) {
    options.progress({ de: `${name} wird geholt …`, en: `Fetching ${name} …` });
    await pull(options, name);
  }
  return publishedImages;
}

/** Undefined when neither set is complete. Throws when no engine answers. */
export async function presentImages(docker: string, signal?: AbortSignal): Promise<ImageNames | undefined> {
  const listed = await runToEnd(docker, ['images', '--format', '{{.Repository}}:{{.Tag}}'], { signal });
  const known = new Set(listed.split('\n'));
  const isComplete = (names: ImageNames) =>
    Object.values(names).every((name) => known.has(name) || known.has(name.replace(/^docker\.io\/library\//, '')));
  return [publishedImages, localImages].find(isComplete);
}

async function pull({ docker, signal }: EnsureOptions, name: string): Promise<void> {
  try {
    await runToEnd(docker, ['pull', '--quiet', name], { signal });
  } catch (cause) {
    if (!(cause instanceof RigError) || cause.code !== 'toolFailed') throw cause;
    throw new RigError(
      'toolMissing',
      {
        de: `Das Abbild ${name} ist nicht zu bekommen; hier bauen mit: npx pruefstand images build`,
        en: `The image ${name} cannot be fetched; build it here with: npx pruefstand images build`,
      },
      { cause },
    );
  }
}

/** Whether the registry knows the homeserver's image and lets us have it, as the engine sees it. */
export async function publishedAnswers(docker: string): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  try {
    await runToEnd(docker, ['manifest', 'inspect', publishedImages.synapse], { signal });
    return true;
  } catch (thrown) {
    if (thrown instanceof RigError) return false;
    throw thrown;
  }
}
