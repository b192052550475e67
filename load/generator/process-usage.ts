import { readFileSync } from 'node:fs';

/** What a running process has used so far. */
export interface ProcessUsage {
  readonly residentKib: number;
  readonly peakResidentKib: number;
  readonly cpuSeconds: number;
}

/** The kernel counts processor time for programs in hundredths of a second on every architecture. */
const ticksPerSecond = 100;

/** Undefined when there is no such process any more. */
export function readProcessUsage(pid: number): ProcessUsage | undefined {
  const status = readProcFile(`/proc/${pid}/status`);
  const stat = readProcFile(`/proc/${pid}/stat`);
  const residentKib = kibIn(status, 'VmRSS');
  if (stat === undefined || residentKib === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  return { residentKib, peakResidentKib: kibIn(status, 'VmHWM') ?? residentKib, cpuSeconds };
}

function readProcFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ESRCH'))
      return undefined;
    throw thrown;
  }
}

function kibIn(status: string | undefined, field: string): number | undefined {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status ?? '');
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
