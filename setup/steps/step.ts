import type { Text } from '../../core/model/text.ts';
import type { SetupLock } from '../early/lock.mjs';
import type { PartName } from '../parts.ts';

/** One thing the set-up installs. */
export interface SetupStep {
  readonly name: string;
  readonly title: Text;
  /** The parts of the machine it is to bring and that are not there; what is lost without them is said with each part. */
  lacking(): readonly PartName[];
  /** Without it the bench works in another way, so its absence is told but is not a shortage. */
  readonly optional: boolean;
  /** Names of steps that must have ended (well or not) before this one. */
  readonly after: readonly string[];
  /** Cheap: no program is started, nothing but a few files is read. */
  isReady(): boolean;
  /** Throws with one clear line when the part cannot be had. */
  install(task: InstallTask): Promise<void>;
}

/** What an installation may use. */
export interface InstallTask {
  readonly logFile: string;
  /** With proxy and certificate authorities in the form every installer understands. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly lock: SetupLock;
  /** Shown behind the title while it goes on. */
  say(detail: Text): void;
}
