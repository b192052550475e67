import { RigError } from '../../../core/model/rig-error.ts';
import { UsageError } from '../../../core/model/usage-error.ts';
import { interrupted } from '../../wait.ts';

/** What the engine or Testcontainers threw, as trouble of the bench in one line. */
export function translated(thrown: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return interrupted('a container');
  if (thrown instanceof RigError || thrown instanceof UsageError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  const portTaken = /port is already allocated|address already in use/i.test(detail);
  return new RigError(
    portTaken ? 'portInUse' : 'deploymentFailed',
    { de: `Die Container ließen sich nicht starten: ${detail}`, en: `The containers could not be started: ${detail}` },
    { cause: thrown },
  );
}
