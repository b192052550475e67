import { readdirSync, readFileSync } from 'node:fs';
import { readProcessUsage } from '../../generator/process-usage.ts';

/** One process of the deployment, seen from outside. */
export interface ServerProcess {
  readonly pid: number;
  readonly program: Program;
  readonly cpuSeconds: number;
  readonly residentMib: number;
  /** Undefined where the kernel does not let us see it. */
  readonly writtenBytes: number | undefined;
}

export type Program = 'synapse' | 'postgres' | 'nginx' | 'redis';

/** Processes of the reference deployment below `rootPid`; none where it runs elsewhere or in containers. */
export function serverProcesses(rootPid: number): readonly ServerProcess[] {
  const parents = parentsOfAll();
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === rootPid || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).flatMap((pid) => seen(pid) ?? []);
}

function parentsOfAll(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.flatMap((name) => {
      const stat = readOf(`/proc/${name}/stat`);
      const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      return parent === undefined ? [] : [[Number(name), Number(parent)] as const];
    }),
  );
}

function seen(pid: number): ServerProcess | undefined {
  const program = programFrom(readOf(`/proc/${pid}/cmdline`) ?? '');
  const usage = readProcessUsage(pid);
  if (program === undefined || usage === undefined) return undefined;
  const written = /^write_bytes: (\d+)$/m.exec(readOf(`/proc/${pid}/io`) ?? '')?.[1];
  return {
    pid,
    program,
    cpuSeconds: usage.cpuSeconds,
    residentMib: usage.residentKib / 1_024,
    writtenBytes: written === undefined ? undefined : Number(written),
  };
}

/** By the command line, which PostgreSQL and nginx rewrite for their workers. */
export function programFrom(commandLine: string): Program | undefined {
  const [first = ''] = commandLine.split('\0');
  if (commandLine.includes('synapse.app.')) return 'synapse';
  if (/(^|\/)postgres(:|$| )/.test(first)) return 'postgres';
  if (/(^|\/)nginx(:|$| )/.test(first)) return 'nginx';
  return /(^|\/)redis-server( |$)/.test(first) ? 'redis' : undefined;
}

/** Undefined when the process has gone or is not ours to see. */
function readOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw thrown;
  }
}
