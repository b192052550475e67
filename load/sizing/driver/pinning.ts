import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { SizingConditions } from '../../../core/model/sizing.ts';

/** Keeps the server and the generator to cores of their own; disposing frees this process again. */
export interface Pinning extends Disposable {
  /** Null where it cannot be done: one core, no `taskset`, or a server that runs elsewhere. */
  readonly cores: SizingConditions['pinning'];
  /** How many cores the server has. */
  readonly serverCores: number;
}

/** The generator's part is what this process starts from now on, k6 among it. */
export function pinApart(serverPids: readonly number[], cores = availableParallelism()): Pinning {
  const free: Pinning = { cores: null, serverCores: cores, [Symbol.dispose]: () => {} };
  if (cores < 2 || serverPids.length === 0) return free;
  const serverCores = Math.floor(cores / 2);
  const [server, generator] = [rangeOf(0, serverCores), rangeOf(serverCores, cores)];
  const before = affinityOf(process.pid);
  if (before === undefined || !setAffinity(process.pid, generator)) return free;
  const restore = () => void setAffinity(process.pid, before);
  if (!serverPids.every((pid) => setAffinity(pid, server))) {
    restore();
    for (const pid of serverPids) setAffinity(pid, before);
    return free;
  }
  return { cores: { homeserver: server, generator }, serverCores, [Symbol.dispose]: restore };
}

const rangeOf = (from: number, to: number) => (to - from === 1 ? `${from}` : `${from}-${to - 1}`);

/** All threads of the process. */
const setAffinity = (pid: number, cores: string) => taskset(['-a', '-p', '-c', cores, `${pid}`]) !== undefined;

const affinityOf = (pid: number) =>
  taskset(['-p', '-c', `${pid}`])
    ?.split(': ')
    .at(-1)
    ?.trim();

function taskset(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('taskset', args, { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}
