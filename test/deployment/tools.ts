import { RigError } from '../../core/model/rig-error.ts';
import { presentImages } from '../../deployment/images/ensure.ts';
import type { ToolPaths } from '../../deployment/provider.ts';
import { locateTools } from '../../setup/locate.ts';

/** What set-up and this machine offer to a deployment. */
export function toolsHere(): ToolPaths {
  const { synapse, postgres, elementShell, hydrogenShell, nginx, redis, docker, chromium, k6 } = locateTools();
  return {
    ...(synapse === undefined ? {} : { synapsePython: synapse.python }),
    ...(postgres === undefined ? {} : { postgresBin: postgres }),
    ...(elementShell === undefined ? {} : { elementShellDist: elementShell }),
    ...(hydrogenShell === undefined ? {} : { hydrogenShellDist: hydrogenShell }),
    ...(nginx === undefined ? {} : { nginx }),
    ...(redis === undefined ? {} : { redis }),
    ...(docker === undefined ? {} : { docker }),
    ...(chromium === undefined ? {} : { chromium }),
    ...(k6 === undefined ? {} : { k6 }),
  };
}

/** Fails under PRUEFSTAND_REQUIRE=all, where nothing may be missing; else the reason stands in the test's name. */
export function requireParts(parts: Readonly<Record<string, unknown>>): string | undefined {
  const missing = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 0) return undefined;
  const reason = `missing here: ${missing.join(', ')}`;
  if (process.env['PRUEFSTAND_REQUIRE'] === 'all') throw new Error(`PRUEFSTAND_REQUIRE=all, but ${reason}`);
  return reason;
}

/** The two things containers need: an engine that answers and, built or fetched before, its images. */
export async function answeringEngine(docker: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (docker === undefined) return { 'container engine': undefined };
  try {
    return { 'container engine': docker, images: await presentImages(docker) };
  } catch (thrown) {
    if (thrown instanceof RigError) return { 'container engine': undefined };
    throw thrown;
  }
}
