import { readProcessUsage } from '../../generator/process-usage.ts';
import { descendantsOf, readProc } from './process-tree.ts';

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
  return descendantsOf(rootPid).flatMap((pid) => seen(pid) ?? []);
}

function seen(pid: number): ServerProcess | undefined {
  const program = programFrom(readProc(`/proc/${pid}/cmdline`) ?? '');
  const usage = readProcessUsage(pid);
  if (program === undefined || usage === undefined) return undefined;
  const written = /^write_bytes: (\d+)$/m.exec(readProc(`/proc/${pid}/io`) ?? '')?.[1];
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
