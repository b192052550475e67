import { rm } from 'node:fs/promises';
import type { Text } from '../../core/model/text.ts';
import { chooseProvider } from '../../deployment/choose-provider.ts';
import type { Deployment } from '../../deployment/provider.ts';
import { remoteProvider } from '../../deployment/providers/remote.ts';
import { createScratchDirectory } from '../../deployment/scratch.ts';
import type { Configuration } from '../configuration.ts';
import { toolPaths } from './tool-paths.ts';

export interface DeployTargetOptions {
  readonly configuration: Pick<Configuration, 'target' | 'provider' | 'synapse' | 'seed'>;
  readonly runId: string;
  /** Where the ledger of created things is kept, so that a killed run can be cleaned up. */
  readonly runFolder: string;
  progress(text: Text): void;
  readonly signal: AbortSignal;
}

/** The target of a run: the one a target file names, else the embedded reference deployment. */
export async function deployTarget({
  configuration,
  runId,
  runFolder,
  progress,
  signal,
}: DeployTargetOptions): Promise<Deployment> {
  const { target, synapse, seed } = configuration;
  const tools = toolPaths(synapse);
  // Containers hold the reference version; another one exists as a process only.
  const wanted = configuration.provider ?? (synapse === undefined ? undefined : 'process');
  const provider =
    target === undefined
      ? await chooseProvider({ tools, progress, ...(wanted && { wanted }) })
      : remoteProvider({ targetFile: target, runFolder });
  const scratchDirectory = await createScratchDirectory(runId);
  try {
    return await provider.deploy({
      runId,
      seed: String(seed),
      scratchDirectory,
      progress,
      tools,
      ...(synapse && { synapseVersion: synapse }),
      signal,
    });
  } catch (thrown) {
    // A start that was refused never took the folder over.
    await rm(scratchDirectory, { recursive: true, force: true });
    throw thrown;
  }
}
