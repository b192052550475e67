import type { ActivityProfileName } from '../../population/population.ts';

/** How people of a stage use the messenger; every figure may be replaced by what an operator knows. */
export interface DemandAssumptions {
  /** Share of accounts that are online in the busy hour. */
  readonly onlineShare: number;
  readonly devicesPerPerson: number;
  /** Share of accounts that write on a day. */
  readonly dailyShare: number;
  readonly profile: ActivityProfileName;
  /** Of a person who writes on that day. */
  readonly messagesPerDay: number;
  /** Share of a day's messages in its busiest hour. */
  readonly busyHourShare: number;
  /** Busiest minute of the busy hour over its mean. */
  readonly burst: number;
  /** Polls each device keeps open: 1 with sync v2, 2 with simplified sliding sync. */
  readonly loops: number;
  readonly pollTimeoutS: number;
  /** In the morning so large a share comes online within the window. */
  readonly morning: { readonly share: number; readonly windowS: number };
  readonly mediaShare: number;
  readonly meanMediaBytes: number;
  readonly workdaysPerYear: number;
  /** What one message leaves in the database, with indexes, receipts and push actions. */
  readonly databaseBytesPerMessage: number;
}

/** For want of a population; nobody has published them. Media: log-normal, median 250 KB, 95 % below 4 MB. */
export const defaultAssumptions: DemandAssumptions = {
  onlineShare: 0.65,
  devicesPerPerson: 1.4,
  dailyShare: 0.6,
  profile: 'V2',
  messagesPerDay: 6,
  busyHourShare: 0.15,
  burst: 3,
  loops: 1,
  pollTimeoutS: 30,
  morning: { share: 0.5, windowS: 1_800 },
  mediaShare: 0.06,
  meanMediaBytes: 1_030_000,
  workdaysPerYear: 250,
  databaseBytesPerMessage: 5_000,
};

/** What a stage asks of the deployment, by arithmetic alone. */
export interface Demand {
  readonly onlineDevices: number;
  readonly pollsPerSecond: number;
  /** Mean of the busy hour. */
  readonly messagesPerSecond: number;
  readonly peakMessagesPerSecond: number;
  readonly loginsPerSecond: number;
  readonly connections: number;
  readonly messagesPerYear: number;
  readonly databaseBytesPerYear: number;
  readonly mediaBytesPerYear: number;
}

export function demandOf(accounts: number, assumptions: DemandAssumptions): Demand {
  const { onlineShare, devicesPerPerson, dailyShare, burst, loops, pollTimeoutS, morning } = assumptions;
  const { messagesPerDay, busyHourShare } = assumptions;
  const onlineDevices = accounts * onlineShare * devicesPerPerson;
  const messagesPerWorkday = accounts * dailyShare * messagesPerDay;
  const messagesPerSecond = (messagesPerWorkday * busyHourShare) / 3_600;
  const messagesPerYear = messagesPerWorkday * assumptions.workdaysPerYear;
  return {
    onlineDevices,
    pollsPerSecond: (onlineDevices * loops) / pollTimeoutS,
    messagesPerSecond,
    peakMessagesPerSecond: messagesPerSecond * burst,
    loginsPerSecond: (onlineDevices * morning.share) / morning.windowS,
    connections: onlineDevices * loops,
    messagesPerYear,
    databaseBytesPerYear: messagesPerYear * assumptions.databaseBytesPerMessage,
    mediaBytesPerYear: messagesPerYear * assumptions.mediaShare * assumptions.meanMediaBytes,
  };
}
