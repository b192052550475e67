import type { Deployment, DeploymentProvider, DeployOptions, ToolPaths } from '../../deployment/provider.ts';
import { createScratchDirectory } from '../../deployment/scratch.ts';

/** One way to start a deployment on this machine. */
export interface Candidate {
  readonly name: string;
  readonly provider: DeploymentProvider;
  readonly tools: ToolPaths;
  readonly variant?: DeployOptions['variant'];
  /** Why it cannot run here. */
  readonly missing?: string | undefined;
}

let count = 0;

export async function deploy(candidate: Candidate): Promise<Deployment & { readonly runId: string }> {
  const runId = `test${process.pid}x${++count}`;
  const { provider, tools, variant } = candidate;
  const scratchDirectory = await createScratchDirectory(runId);
  const deployment = await provider.deploy({
    runId,
    seed: runId,
    scratchDirectory,
    progress: () => {},
    tools,
    ...(variant === undefined ? {} : { variant }),
  });
  return { runId, bench: deployment.bench, [Symbol.asyncDispose]: () => deployment[Symbol.asyncDispose]() };
}
