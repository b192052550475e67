import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';
import type { Deployment } from '../provider.ts';

const attempts = 5;

/** Somebody else may take a port between its choice and its use; then everything starts again with other ports. */
export async function startWithFreePorts(
  progress: (text: Text) => void,
  start: (attempt: number) => Promise<Deployment>,
): Promise<Deployment> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(attempt);
    } catch (thrown) {
      if (!(thrown instanceof RigError && thrown.code === 'portInUse') || attempt === attempts) throw thrown;
      const count = `${attempt}/${attempts - 1}`;
      progress({
        de: `Ein Port wurde inzwischen belegt; neuer Start mit anderen (${count}).`,
        en: `A port was taken meanwhile; starting again with others (${count}).`,
      });
    }
  }
}
