import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkPrefix, runLabel } from '../../deployment/guard/leftovers.ts';
import { scratchPrefix } from '../../deployment/scratch.ts';

/** Everything on this machine that belongs to that run: running processes, folders, containers. */
export function leftoversOf(runId: string, docker?: string): string[] {
  const prefix = join(tmpdir(), scratchPrefix(runId));
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(scratchPrefix(runId)));
  return [...processesIn(prefix), ...folders, ...(docker === undefined ? [] : containersOf(runId, docker))];
}

/** Every part works in a folder of the run, also those whose command line says nothing. */
function processesIn(prefix: string): string[] {
  return runningPids().flatMap((pid) =>
    unlessGone(() => readlinkSync(`/proc/${pid}/cwd`))?.startsWith(prefix) ? [`process ${pid}`] : [],
  );
}

export function childrenOf(parent: number): number[] {
  return runningPids().filter((pid) => parentOf(pid) === parent);
}

export function isGuard(pid: number): boolean {
  return unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.includes('guard/main.ts') === true;
}

export const isAlive = (pid: number): boolean => parentOf(pid) !== undefined;

function parentOf(pid: number): number | undefined {
  const stat = unlessGone(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '';
  const [state, parent] = stat.replace(/^.*\) /s, '').split(' ');
  return parent === undefined || state === 'Z' ? undefined : Number(parent);
}

const runningPids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Processes end while we look at them, and some are not ours to look at. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && ['ENOENT', 'EACCES', 'ESRCH'].includes(String(thrown.code)))
      return;
    throw thrown;
  }
}

function containersOf(runId: string, docker: string): string[] {
  const list = (...args: string[]) =>
    execFileSync(docker, args, { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '');
  return [
    ...list('ps', '--all', '--quiet', '--filter', `label=${runLabel}=${runId}`),
    ...list('network', 'ls', '--quiet', '--filter', `name=^${networkPrefix(runId)}`),
  ];
}
