import type { LoadRun } from '../../generator/load-run.ts';
import { type ServerUse, serverUse } from '../../generator/server/server-use.ts';
import type { ServerFigures } from '../measured-run.ts';
import { mean } from '../statistics/quantile.ts';

/**
 * Adds what the server told of itself during the run. Its processor time is only taken where its processes are not seen from
 * outside: in containers and on other machines.
 */
export function withOwnFigures(
  seen: ServerFigures,
  { server = [], scale }: Pick<LoadRun, 'server' | 'scale'>,
): ServerFigures {
  const uses = serverUse(server, scale.durationS);
  const connections = meanOf(uses, ({ connectionShare }) => connectionShare);
  const cores = meanOf(uses, ({ homeserverCpu }) => homeserverCpu);
  const residentKib = meanOf(uses, ({ homeserverResidentKib }) => homeserverResidentKib);
  const isHidden = Object.keys(seen.cpuCores).length === 0;
  const told = isHidden && cores !== undefined;
  return {
    ...seen,
    utilisation: {
      ...seen.utilisation,
      ...(told && { synapse: cores }),
      ...(connections !== undefined && { 'postgres connections': connections }),
    },
    cpuCores: told ? { synapse: cores } : seen.cpuCores,
    residentMib: isHidden && residentKib !== undefined ? { synapse: residentKib / 1_024 } : seen.residentMib,
  };
}

function meanOf(uses: readonly ServerUse[], pick: (use: ServerUse) => number | undefined): number | undefined {
  const values = uses.flatMap((use) => pick(use) ?? []);
  return values.length === 0 ? undefined : mean(values);
}
