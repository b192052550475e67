import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @typedef {{ command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, logFile: string, append?: boolean, timeoutMs: number, signal: AbortSignal, lock: import('./lock.mjs').SetupLock }} InstallerRun */

/**
 * Runs an installer in a group of its own, its words going to the log. Resolves when it and only it has ended well;
 * interruption and the time limit end the whole group.
 * @param {InstallerRun} run
 * @returns {Promise<void>}
 */
export async function runInstaller({ command, args, cwd, env, logFile, append = false, timeoutMs, signal, lock }) {
  signal.throwIfAborted();
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, append ? 'a' : 'w');
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
    const { pid } = child;
    if (pid !== undefined) lock.addProcess(pid);
    const end = () => pid !== undefined && endGroup(pid);
    stop.addEventListener('abort', end);
    try {
      await ending(child, [command, ...args].join(' '));
    } finally {
      stop.removeEventListener('abort', end);
      if (pid !== undefined) lock.removeProcess(pid);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    if (stop.aborted) throw new Error(`${command} did not end within ${Math.round(timeoutMs / 60_000)} minutes`);
    throw thrown;
  } finally {
    closeSync(log);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} line
 * @returns {Promise<void>}
 */
function ending(child, line) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${shorten(line)} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

/** @param {number} pid */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}

/** @param {string} line */
const shorten = (line) => (line.length > 160 ? `${line.slice(0, 157)}…` : line);

/**
 * Where in a log it says what went wrong: at the end, but for npm, which ends with a page of usage.
 * @param {string} logFile
 * @param {number} [count]
 */
export function tellingLines(logFile, count = 12) {
  const lines = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /^npm error\s+\S/.test(line));
  const telling = errors.length > 0 ? errors.slice(0, count) : lines.slice(-count);
  return telling.map((line) => line.slice(0, 300));
}
