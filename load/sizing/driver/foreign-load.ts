import { readProcessUsage } from '../../generator/process-usage.ts';
import { descendantsOf, readProc } from './process-tree.ts';

/** Processor seconds of this machine so far: of everything, and of ours and all that we started. */
export interface MachineSample {
  readonly busySeconds: number;
  readonly ownSeconds: number;
}

const ticksPerSecond = 100;

/** Undefined where the system does not tell. */
export function sampleMachine(): MachineSample | undefined {
  const busySeconds = busySecondsIn(readProc('/proc/stat') ?? '');
  if (busySeconds === undefined) return undefined;
  const own = [process.pid, ...descendantsOf(process.pid)].map((pid) => readProcessUsage(pid)?.cpuSeconds ?? 0);
  return { busySeconds, ownSeconds: own.reduce((sum, seconds) => sum + seconds, 0) };
}

/** Cores that others kept busy meanwhile: what they took, the server measured had not. */
export function foreignCores(begin: MachineSample, end: MachineSample, seconds: number): number {
  const busy = end.busySeconds - begin.busySeconds;
  return Math.max(0, (busy - (end.ownSeconds - begin.ownSeconds)) / seconds);
}

/** All but idle and waiting for storage, time taken by other machines on the same hardware included (proc_stat(5)). */
export function busySecondsIn(stat: string): number | undefined {
  const fields = /^cpu +(.*)$/m.exec(stat)?.[1]?.split(' ').map(Number);
  if (fields === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, _idle, _wait, irq = 0, softIrq = 0, steal = 0] = fields;
  return (user + nice + system + irq + softIrq + steal) / ticksPerSecond;
}
