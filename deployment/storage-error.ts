import { RigError } from '../core/model/rig-error.ts';

/** Does the work; a full or read-only disk ends it with one line that names the place. */
export async function withStorageErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw asStorageError(thrown);
  }
}

const codes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'];

function asStorageError(thrown: unknown): unknown {
  if (!(thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code)))) return thrown;
  const path = 'path' in thrown ? String(thrown.path) : 'The temporary folder';
  return new RigError(
    'storage',
    {
      de: `${path} lässt sich nicht schreiben (${thrown.code}); Platz schaffen oder TMPDIR auf einen anderen Ort setzen.`,
      en: `${path} cannot be written (${thrown.code}); make room or set TMPDIR to another place.`,
    },
    { cause: thrown },
  );
}
