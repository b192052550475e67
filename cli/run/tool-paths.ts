import type { ToolPaths } from '../../deployment/provider.ts';
import { locateTools } from '../../setup/locate.ts';

/** What is installed, in the words of the deployment. */
export function toolPaths(): ToolPaths {
  const { synapse, postgres, elementShell, nginx, redis, docker, chromium, k6 } = locateTools();
  const found = {
    nginx,
    redis,
    docker,
    chromium,
    k6,
    synapsePython: synapse?.python,
    postgresBin: postgres,
    elementShellDist: elementShell,
  };
  return Object.fromEntries(Object.entries(found).filter(([, path]) => path !== undefined));
}
