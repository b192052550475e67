import { RigError } from '../core/model/rig-error.ts';
import { runToEnd } from './providers/process/commands.ts';

/** The command of a container engine that answers; undefined where none does, so that nothing of ours can run in it. */
export async function findDocker(): Promise<string | undefined> {
  try {
    await runToEnd('docker', ['version', '--format', '{{.Server.Version}}'], { signal: AbortSignal.timeout(15_000) });
    return 'docker';
  } catch (thrown) {
    if (thrown instanceof RigError) return undefined;
    throw thrown;
  }
}
