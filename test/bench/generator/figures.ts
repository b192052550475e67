import type { IdleRun } from './play-idle.ts';

export interface IdleFigures {
  readonly users: number;
  readonly processes: number;
  readonly vus: number;
  readonly pollsPerSecond: number;
  readonly polls: number;
  /** Requests that both sides counted alike and that were answered, among all. */
  readonly accountedShare: number;
  /** The processes' whole memory at its peak. */
  readonly kibPerUser: number;
  readonly cpuCores: number;
  readonly requestsPerCpuSecond: number;
  readonly loopLagP99Ms: number;
  readonly bundleBytes: number;
  readonly stubKibPerUser: number;
  readonly stubCpuSeconds: number;
}

export function figuresOf({ users, durationS, vus, bundle, tally, processes, stubs }: IdleRun): IdleFigures {
  const sum = <T>(items: readonly T[], figure: (item: T) => number) => items.reduce((all, one) => all + figure(one), 0);
  const received = sum(stubs, (stub) => stub.received);
  const answered = sum(stubs, (stub) => stub.answered);
  const { requests = 0, polls = 0 } = tally.counters;
  const unaccounted = Math.abs(requests - received) + Math.abs(polls - answered) + Math.abs(received - answered);
  const cpuCores = sum(processes, ({ usage }) => usage.cpuCores);
  const measured = [...tally.seconds].filter(([second]) => second >= 0 && second < durationS);
  const pollsPerSecond = sum(measured, ([, second]) => second.polls) / durationS;
  return {
    users,
    processes: processes.length,
    vus,
    pollsPerSecond: rounded(pollsPerSecond),
    polls,
    accountedShare: received === 0 ? 0 : Math.max(0, 1 - unaccounted / received),
    kibPerUser: rounded(sum(processes, ({ usage }) => usage.peakKib) / users),
    cpuCores: rounded(cpuCores),
    requestsPerCpuSecond: cpuCores === 0 ? 0 : Math.round(pollsPerSecond / cpuCores),
    loopLagP99Ms: tally.histograms.lag.getValueAtPercentile(99),
    bundleBytes: bundle.bytes,
    stubKibPerUser: rounded(sum(stubs, ({ peakKib }) => peakKib) / users),
    stubCpuSeconds: rounded(sum(stubs, ({ cpuSeconds }) => cpuSeconds)),
  };
}

export const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
