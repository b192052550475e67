import { runInstaller } from '../early/run-installer.mjs';
import type { InstallTask } from '../steps/step.ts';

const usualTimeoutMs = 15 * 60_000;

export interface InstallerCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One installer of a step: its words are added to the step's log. Throws when it does not end well. */
export function run(task: InstallTask, { command, args, cwd, env }: InstallerCall): Promise<void> {
  return runInstaller({
    command,
    args,
    cwd,
    env: { ...task.environment, ...env },
    logFile: task.logFile,
    append: true,
    timeoutMs: usualTimeoutMs,
    signal: task.signal,
    lock: task.lock,
  });
}
