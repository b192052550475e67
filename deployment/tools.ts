import type { Bench } from '../core/model/bench.ts';
import type { ToolPaths } from './provider.ts';

/** The names by which families look tools up. */
export function benchTools(paths: ToolPaths): Bench['tools'] {
  const named = {
    chromium: paths.chromium,
    hydrogen: paths.hydrogenShellDist,
    k6: paths.k6,
    nginx: paths.nginx,
    postgres: paths.postgresBin === undefined ? undefined : `${paths.postgresBin}/postgres`,
    synapse: paths.synapsePython,
    docker: paths.docker,
    redis: paths.redis,
  };
  return Object.fromEntries(Object.entries(named).filter(([, path]) => path !== undefined));
}
