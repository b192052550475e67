import type { ToolPaths } from '../../deployment/provider.ts';
import { locateTools } from '../../setup/locate.ts';
import { locateSynapse } from '../../setup/synapse/synapse.ts';

/** What is installed, in the words of the deployment. `synapseVersion`: another than the reference one. */
export function toolPaths(synapseVersion?: string): ToolPaths {
  const { postgres, elementShell, hydrogenShell, nginx, redis, docker, chromium, k6 } = locateTools();
  const found = {
    nginx,
    redis,
    docker,
    chromium,
    k6,
    synapsePython: locateSynapse(synapseVersion)?.python,
    postgresBin: postgres,
    elementShellDist: elementShell,
    hydrogenShellDist: hydrogenShell,
  };
  return Object.fromEntries(Object.entries(found).filter(([, path]) => path !== undefined));
}
