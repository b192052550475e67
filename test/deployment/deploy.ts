import type { Deployment, DeploymentProvider, DeployOptions, ToolPaths } from '../../deployment/provider.ts';
import { createScratchDirectory } from '../../deployment/scratch.ts';

/** One way to start a deployment on this machine. */
export interface Candidate {
  readonly name: string;
  readonly provider: DeploymentProvider;
  readonly tools: ToolPaths;
  readonly variant?: DeployOptions['variant'];
  /** How its owner is ended, one test for each. */
  readonly endings?: readonly NodeJS.Signals[];
  /** Why it cannot run here. */
  readonly missing?: string | undefined;
}

let count = 0;

export async function deploy(
  { provider, tools, variant }: Candidate,
  own: Partial<Omit<DeployOptions, 'tools'>> = {},
): Promise<Deployment & { readonly runId: string }> {
  const runId = own.runId ?? `test${process.pid}x${++count}`;
  const deployment = await provider.deploy({
    seed: runId,
    scratchDirectory: own.scratchDirectory ?? (await createScratchDirectory(runId)),
    progress: () => {},
    tools,
    ...(variant === undefined ? {} : { variant }),
    ...own,
    runId,
  });
  return { runId, bench: deployment.bench, [Symbol.asyncDispose]: () => deployment[Symbol.asyncDispose]() };
}
