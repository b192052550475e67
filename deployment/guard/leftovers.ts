import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { delayUnless } from '../wait.ts';

/** Something a deployment made on this machine that must not outlive it. */
export type Leftover =
  | { readonly kind: 'process'; readonly pid: number; readonly startedAt: string; readonly stopSignal: NodeJS.Signals }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'containers'; readonly docker: string; readonly runId: string };

/** On every container of a run. */
export const runLabel = 'pruefstand.run';

/** Beginning of the name of every network of a run. */
export const networkPrefix = (runId: string): string => `pruefstand-${runId}-`;

const run = promisify(execFile);

/** Removes processes first, because they hold the folders. Returns one line for each thing that was still there. */
export async function removeLeftovers(leftovers: readonly Leftover[]): Promise<string[]> {
  const removed: string[] = [];
  const newestFirst = leftovers.toReversed();
  for (const left of newestFirst) if (left.kind === 'process') removed.push(...(await endProcess(left)));
  for (const left of newestFirst) if (left.kind === 'containers') removed.push(...(await removeContainers(left)));
  for (const left of newestFirst) if (left.kind === 'folder') removed.push(...(await removeFolder(left.path)));
  return removed;
}

/** Clock ticks after boot at which the process began: with the pid it names one process for ever. Undefined when there is none. */
export async function startOfProcess(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' || fields?.[0] === 'X' ? undefined : fields?.[19];
}

async function endProcess(left: Extract<Leftover, { kind: 'process' }>): Promise<string[]> {
  const alive = async () => (await startOfProcess(left.pid)) === left.startedAt;
  if (!(await alive())) return [];
  signalGroup(left.pid, left.stopSignal);
  if (!(await delayUnless(async () => !(await alive()), 3_000))) signalGroup(left.pid, 'SIGKILL');
  await delayUnless(async () => !(await alive()), 2_000);
  return [`process ${left.pid}`];
}

/** Every process we start leads its own group. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}

async function removeContainers({ docker, runId }: Extract<Leftover, { kind: 'containers' }>): Promise<string[]> {
  const ids = async (...args: string[]) => (await run(docker, args)).stdout.split('\n').filter((line) => line !== '');
  const containers = await ids('ps', '--all', '--quiet', '--filter', `label=${runLabel}=${runId}`);
  if (containers.length > 0) await run(docker, ['rm', '--force', '--volumes', ...containers]);
  const networks = await ids('network', 'ls', '--quiet', '--filter', `name=^${networkPrefix(runId)}`);
  if (networks.length > 0) await run(docker, ['network', 'rm', ...networks]);
  return [...containers.map((id) => `container ${id}`), ...networks.map((id) => `network ${id}`)];
}

async function removeFolder(path: string): Promise<string[]> {
  const there = await readFile(path).then(
    () => true,
    (thrown: NodeJS.ErrnoException) => thrown.code !== 'ENOENT',
  );
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return there ? [`folder ${path}`] : [];
}
