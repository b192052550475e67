import type { Bench } from '../core/model/bench.ts';
import type { Text } from '../core/model/text.ts';

/** Where programs of this machine are; what is absent is not installed. */
export interface ToolPaths {
  /** Python of the environment that holds Synapse. */
  readonly synapsePython?: string;
  /** Folder with initdb, postgres and pg_dump. */
  readonly postgresBin?: string;
  readonly nginx?: string;
  readonly redis?: string;
  readonly chromium?: string;
  readonly k6?: string;
  /** Folder with the built web client. */
  readonly elementShellDist?: string;
  /** Folder with the bench's second web client, which no deployment serves. */
  readonly hydrogenShellDist?: string;
  readonly docker?: string;
}

export interface DeployOptions {
  readonly runId: string;
  /** Names of accounts come from it. */
  readonly seed: string;
  /** Private folder of this run; removed with the deployment. */
  readonly scratchDirectory: string;
  /** One line for people about what is being done. */
  progress(text: Text): void;
  readonly tools: ToolPaths;
  /** Another version than the reference one; `tools.synapsePython` must already be that version's. */
  readonly synapseVersion?: string;
  /** workers: Redis and two generic workers beside the main process. */
  readonly variant?: 'standard' | 'workers';
  readonly signal?: AbortSignal;
}

export interface DeploymentProvider {
  readonly name: 'process' | 'container' | 'remote';
  /** Resolves when the deployment answers; what was begun by a start that fails is gone again. */
  deploy(options: DeployOptions): Promise<Deployment>;
}

/** Disposing ends it and leaves no process, container or folder behind. */
export interface Deployment extends AsyncDisposable {
  readonly bench: Bench;
}

export const referenceSynapseVersion = '1.163.2';
