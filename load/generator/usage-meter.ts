import { type ProcessUsage, readProcessUsage } from './process-usage.ts';

export interface UsageSummary {
  readonly peakKib: number;
  /** What the users added to the process: its peak less what it held when they started. */
  readonly usersKib: number;
  /** Mean while measuring; of a run that never came so far, from the start of the users. */
  readonly cpuCores: number;
}

export interface UsageMeter {
  /** To be called when the users start; only the first call counts. */
  markStart(): void;
  summary(): UsageSummary;
  stop(): void;
}

/** Unix times between which is measured. */
export interface MeasuredTime {
  readonly fromMs: number;
  readonly untilMs: number;
}

const sampleEveryMs = 250;

interface Sample extends ProcessUsage {
  readonly atMs: number;
}

export function createUsageMeter(pid: number, measured: MeasuredTime): UsageMeter {
  const marks: { [Name in 'start' | 'from' | 'until' | 'last']?: Sample | undefined } = {};
  const sample = () => {
    const usage = readProcessUsage(pid);
    if (usage === undefined) return;
    const taken = { ...usage, atMs: Date.now() };
    marks.last = taken;
    if (taken.atMs >= measured.fromMs) marks.from ??= taken;
    if (taken.atMs <= measured.untilMs) marks.until = taken;
  };
  const timer = setInterval(sample, sampleEveryMs);
  return {
    markStart: () => {
      if (marks.start !== undefined) return;
      sample();
      marks.start = marks.last;
    },
    summary: () => ({
      peakKib: marks.last?.peakResidentKib ?? 0,
      usersKib: marks.start && marks.last ? marks.last.peakResidentKib - marks.start.residentKib : 0,
      cpuCores: coresBetween(marks.from ?? marks.start, marks.until),
    }),
    stop: () => clearInterval(timer),
  };
}

function coresBetween(from: Sample | undefined, until: Sample | undefined): number {
  if (from === undefined || until === undefined || until.atMs <= from.atMs) return 0;
  return (1_000 * (until.cpuSeconds - from.cpuSeconds)) / (until.atMs - from.atMs);
}
