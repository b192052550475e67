import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface MediaMount {
  /** On this machine. */
  readonly folder: string;
  /** Who the homeserver is inside its container, so that this machine may read and remove what it stored. */
  readonly user: string;
}

/** A folder for the media store that is seen on both sides. Nobody else gets to it: the folder around it is closed to others. */
export async function createMediaMount(directory: string, own = ownIds()): Promise<MediaMount> {
  const folder = join(directory, 'media');
  await mkdir(folder);
  // What the process masks, a mode given to mkdir loses.
  await chmod(folder, 0o777);
  return { folder, user: userFor(own) };
}

/** Somebody without rights stands in for root, who may remove everything anyway. */
const nobody = '65534:65534';

const userFor = ({ user, group }: Ids) => (user === 0 ? nobody : `${user}:${group}`);

interface Ids {
  readonly user: number;
  readonly group: number;
}

/** Systems without such ids run containers in a machine of their own. */
const ownIds = (): Ids => ({ user: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0 });
