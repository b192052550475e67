import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Guard } from '../../guard/guard.ts';
import { type Leftover, signalGroup, startOfProcess } from '../../guard/leftovers.ts';
import { delayUnless } from '../../wait.ts';

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another user to run as; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** What ends it cleanly. */
  readonly stopSignal?: NodeJS.Signals;
}

/** Disposing ends the process and its group and waits until they are gone. */
export interface StartedProcess extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  isRunning(): boolean;
  /** All it wrote so far. */
  log(): string;
}

/** Starts a program as leader of a group of its own, so that Ctrl-C reaches only us and we end it in order. */
export async function startProcess(plan: ProcessPlan, guard: Guard): Promise<StartedProcess> {
  const log = openSync(plan.logFile, 'a');
  const child = spawn(plan.command, plan.args, {
    cwd: plan.directory,
    env: { ...cleanEnvironment(), ...plan.env },
    detached: true,
    stdio: ['ignore', log, log],
    ...plan.user,
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const pid = child.pid;
  if (pid === undefined) throw notStarted(plan);
  child.unref();
  const stopSignal = plan.stopSignal ?? 'SIGTERM';
  const startedAt = (await startOfProcess(pid)) ?? '';
  const leftover: Leftover = { kind: 'process', pid, startedAt, stopSignal };
  guard.hold(leftover);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    name: plan.name,
    pid,
    isRunning,
    log: () => readFileSync(plan.logFile, 'utf8'),
    [Symbol.asyncDispose]: async () => {
      if (isRunning()) {
        signalGroup(pid, stopSignal);
        if (!(await delayUnless(async () => !isRunning(), 5_000))) signalGroup(pid, 'SIGKILL');
      }
      await exited;
      guard.release(leftover);
    },
  };
}

/** The programs need no more of our surroundings; proxies and Python settings would change what is tested. */
function cleanEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8' };
}

function notStarted(plan: ProcessPlan): RigError {
  return new RigError('toolFailed', {
    de: `${plan.name} ließ sich nicht starten: ${plan.command} fehlt oder ist nicht ausführbar.`,
    en: `${plan.name} could not be started: ${plan.command} is missing or not executable.`,
  });
}

const takenPort = /Address already in use|CannotListenError|Failed to listen on|EADDRINUSE/i;

/** For a process that ended before it was ready. */
export function endedEarly(started: StartedProcess): RigError {
  const log = started.log().trimEnd();
  const lastLines = log.split('\n').slice(-15);
  const lines = lastLines.join('\n');
  const last = lastLines.at(-1)?.trim() || 'it wrote nothing';
  const code = takenPort.test(log) ? 'portInUse' : 'deploymentFailed';
  return new RigError(code, {
    de: `${started.name} hat sich beim Start beendet: ${last}\nDavor:\n${lines}`,
    en: `${started.name} ended while starting: ${last}\nBefore that:\n${lines}`,
  });
}
