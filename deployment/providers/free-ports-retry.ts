import { RigError } from '../../core/model/rig-error.ts';
import type { Deployment } from '../provider.ts';

const attempts = 5;

/** Somebody else may take a port between its choice and its use; then everything starts again with other ports. */
export async function startWithFreePorts(
  progress: (text: string) => void,
  start: (attempt: number) => Promise<Deployment>,
): Promise<Deployment> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(attempt);
    } catch (thrown) {
      if (!(thrown instanceof RigError && thrown.code === 'portInUse') || attempt === attempts) throw asStorage(thrown);
      progress(`A port was taken meanwhile; starting again with others (${attempt} of ${attempts - 1}).`);
    }
  }
}

/** A full or read-only disk in one line; everything else as it was. */
function asStorage(thrown: unknown): unknown {
  if (!(thrown instanceof Error && 'code' in thrown && 'path' in thrown)) return thrown;
  if (!['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes(String(thrown.code))) return thrown;
  return new RigError(
    'storage',
    {
      de: `${thrown.path} lässt sich nicht schreiben (${thrown.code}); Platz schaffen oder TMPDIR auf einen anderen Ort setzen.`,
      en: `${thrown.path} cannot be written (${thrown.code}); make room or set TMPDIR to another place.`,
    },
    { cause: thrown },
  );
}
