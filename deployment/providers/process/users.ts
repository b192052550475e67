import { readFile } from 'node:fs/promises';
import { RigError } from '../../../core/model/rig-error.ts';

/** Whom PostgreSQL runs as when we are root, since it refuses root. Undefined when we are somebody else already. */
export async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  const [uid, gid] = [Number(entry?.[2]), Number(entry?.[3])];
  if (Number.isInteger(uid) && Number.isInteger(gid)) return { uid, gid };
  throw new RigError('deploymentFailed', {
    de: 'PostgreSQL darf nicht als root laufen, und /etc/passwd nennt weder „postgres“ noch „nobody“.',
    en: 'PostgreSQL must not run as root, and /etc/passwd names neither "postgres" nor "nobody".',
  });
}
