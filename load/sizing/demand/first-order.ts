import type { ActivityProfileName, Population } from '../../population/population.ts';
import { busiestHour } from '../../population/rate.ts';

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
  /** Share of a day's messages that falls into its busiest hour. */
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

/** What no population says: nobody has published it. Media: log-normal, median 250 KB, 95 % below 4 MB. */
const assumed = {
  burst: 3,
  loops: 1,
  pollTimeoutS: 30,
  morning: { share: 0.5, windowS: 1_800 },
  mediaShare: 0.06,
  meanMediaBytes: 1_030_000,
  workdaysPerYear: 250,
  databaseBytesPerMessage: 5_000,
} as const;

type People = Pick<Population, 'units' | 'patterns' | 'profiles'>;

/** What the administration's own file says, over all who belong to it, and what is assumed beside it. */
export function assumptionsFrom(population: People, profile: ActivityProfileName): DemandAssumptions {
  const groups = population.units.map(({ people, pattern }) => ({ people, ...population.patterns[pattern] }));
  const all = groups.reduce((sum, { people }) => sum + people, 0);
  const mean = (of: (group: (typeof groups)[number]) => number) =>
    groups.reduce((sum, group) => sum + group.people * of(group), 0) / all;
  const hour = busiestHour(groups);
  const onlineShare = mean(({ online }) => online.day);
  return {
    ...assumed,
    onlineShare,
    devicesPerPerson: mean(({ online, devices }) => online.day * devices) / onlineShare,
    dailyShare: mean(({ writing }) => writing),
    profile,
    messagesPerDay: population.profiles[profile].messagesPerDay,
    busyHourShare: mean(({ curve }) => curve[hour] ?? 0),
  };
}

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
