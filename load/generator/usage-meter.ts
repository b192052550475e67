import { performance } from 'node:perf_hooks';
import { type ProcessUsage, readProcessUsage } from './process-usage.ts';

export interface UsageSummary {
  readonly peakKib: number;
  /** What the users added to the process: its peak less what it held when they started. */
  readonly usersKib: number;
  /** Mean from the start of the users to the end. */
  readonly cpuCores: number;
}

export interface UsageMeter {
  /** To be called when the users start; only the first call counts. */
  markStart(): void;
  summary(): UsageSummary;
  stop(): void;
}

const sampleEveryMs = 250;

interface Sample extends ProcessUsage {
  readonly atMs: number;
}

export function createUsageMeter(pid: number): UsageMeter {
  let start: Sample | undefined;
  let last: Sample | undefined;
  const sample = () => {
    const usage = readProcessUsage(pid);
    if (usage !== undefined) last = { ...usage, atMs: performance.now() };
  };
  const timer = setInterval(sample, sampleEveryMs);
  return {
    markStart: () => {
      if (start !== undefined) return;
      sample();
      start = last;
    },
    summary: () => summaryOf(start, last),
    stop: () => clearInterval(timer),
  };
}

function summaryOf(start: Sample | undefined, last: Sample | undefined): UsageSummary {
  if (start === undefined || last === undefined)
    return { peakKib: last?.peakResidentKib ?? 0, usersKib: 0, cpuCores: 0 };
  const seconds = (last.atMs - start.atMs) / 1_000;
  return {
    peakKib: last.peakResidentKib,
    usersKib: last.peakResidentKib - start.residentKib,
    cpuCores: seconds > 0 ? (last.cpuSeconds - start.cpuSeconds) / seconds : 0,
  };
}
