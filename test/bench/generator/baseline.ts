/** Another way to hold the same people, at the same stub. */
export interface Baseline {
  readonly users: number;
  readonly kibPerUser: number;
  readonly usersPerGib: number;
  readonly requestsPerCpuSecond: number;
}

export interface BaselineFigures {
  readonly users: number;
  readonly peakKib: number;
  readonly cpuCores: number;
  readonly requestsPerSecond: number;
}

const gib = 1_024 * 1_024;

export function baselineFrom({ users, peakKib, cpuCores, requestsPerSecond }: BaselineFigures): Baseline {
  const kibPerUser = peakKib / users;
  return {
    users,
    kibPerUser: Math.round(kibPerUser * 10) / 10,
    usersPerGib: Math.round(gib / kibPerUser),
    requestsPerCpuSecond: cpuCores > 0 ? Math.round(requestsPerSecond / cpuCores) : 0,
  };
}
