/** What a sizing says; written as JSON and rendered as a page. Figures come from runs, the rest says how far they carry. */
export interface Sizing {
  readonly model: 'usl';
  readonly conditions: SizingConditions;
  /** verdict: enough runs of each step; indicative: a first look. */
  readonly standing: 'verdict' | 'indicative';
  /** German sentences on what limits the trust in the figures. */
  readonly reservations: readonly string[];
  /** Deliveries per second of one person, contention, coherency; null where too few steps were measured. */
  readonly parameters: UslParameters | null;
  readonly intervals: Readonly<Partial<Record<'lambda' | 'alpha' | 'beta', Interval>>>;
  readonly knee: Knee;
  /** English key of the resource that gives way first, or `unknown`. */
  readonly limitingResource: string;
  readonly holdOut: HoldOut | null;
  /** Milliseconds above which a step counts as broken, for the charts. */
  readonly limits: { readonly deliveryP95Ms: number | null };
  readonly steps: readonly SizingStep[];
  /** The fitted curve with its band, up to the largest step. */
  readonly curve: readonly CurvePoint[];
  /** What one poll and one message cost, as measured; absent where the server's figures are not seen. */
  readonly costs: Readonly<Record<string, ResourceCost>>;
  /** German sentences on what the table takes for granted. */
  readonly assumptions: readonly string[];
  readonly table: readonly SizingRow[];
}

export interface UslParameters {
  readonly lambda: number;
  readonly alpha: number;
  readonly beta: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface SizingConditions {
  readonly target: string;
  readonly scenario: string;
  readonly seed: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationS: number;
  /** How many times denser than the profile's busiest hour. */
  readonly compression: number;
  readonly profile: string;
  /** Members of the largest room played. */
  readonly largestRoom: number;
  readonly runsPerStep: number;
  readonly machine: { readonly cores: number; readonly processor: string; readonly memoryGib: number };
  /** Which cores they were kept to; null where they could not be. */
  readonly pinning: { readonly homeserver: string; readonly generator: string } | null;
  readonly versions: Readonly<Record<string, string>>;
}

/** The most people for whom every limit held. */
export interface Knee {
  readonly users: number;
  /** The largest step that held in all its runs. */
  readonly low: number;
  /** The smallest step that broke a limit; null when none did: the knee lies beyond what was measured. */
  readonly high: number | null;
  readonly reached: boolean;
  /** Where the fitted curve turns down; null when it does not. */
  readonly peakUsers: number | null;
}

export interface HoldOut {
  readonly users: number;
  readonly predicted: number;
  readonly observed: number;
  readonly errorShare: number;
  readonly reliable: boolean;
}

export interface SizingStep {
  readonly users: number;
  readonly runs: number;
  readonly invalidRuns: number;
  /** Deliveries per second: mean of the runs, each levelled to what its people plan on average. */
  readonly throughput: number;
  /** 95 %; null with a single run. */
  readonly throughputInterval: Interval | null;
  readonly offered: number;
  readonly messagesPerSecond: number;
  readonly pollsPerSecond: number;
  /** Milliseconds, median of the runs; null without samples. */
  readonly delivery: Readonly<Record<'p50Ms' | 'p95Ms' | 'p99Ms', number | null>>;
  readonly sendP95Ms: number | null;
  /** Share of its capacity, by resource. */
  readonly utilisation: Readonly<Record<string, number>>;
  readonly broken: boolean;
  /** German sentences on which limits broke, and in how many runs. */
  readonly breaches: readonly string[];
}

export interface CurvePoint {
  readonly users: number;
  readonly throughput: number;
  readonly low: number;
  readonly high: number;
}

/** unit: `cores` (core seconds), `bytes` or `pages`. */
export interface ResourceCost {
  readonly unit: 'cores' | 'bytes' | 'pages';
  /** Without anybody online. */
  readonly base: number;
  readonly perPoll: number;
  readonly perMessage: number;
}

/** What one stage needs; null where nothing measured says it. */
export interface SizingRow {
  readonly stage: string;
  readonly accounts: number;
  readonly profile: string;
  readonly onlineDevices: number;
  readonly pollsPerSecond: number;
  readonly messagesPerSecond: number;
  /** In the busiest minute. */
  readonly peakMessagesPerSecond: number;
  readonly loginsPerSecond: number;
  readonly largestRoom: number;
  readonly endToEnd: 'shaped';
  readonly syncMode: 'v2';
  /** How many times what was measured. */
  readonly timesMeasured: number;
  readonly extrapolated: boolean;
  readonly reliable: boolean;
  readonly synapseCores: Estimate | null;
  /** By type; null where no number of workers suffices or nothing says it. */
  readonly workers: Workers | null;
  readonly vCpu: Estimate | null;
  readonly ramGib: number | null;
  readonly postgresVCpu: Estimate | null;
  readonly postgresRamGib: number;
  readonly postgresPageWritesPerSecond: number | null;
  readonly databaseGrowthGibPerYear: number;
  readonly mediaGibPerYear: number;
  readonly connections: number;
  readonly bandwidthMbitPerSecond: number | null;
  /** Share of the knee that is planned with. */
  readonly plannedShareOfKnee: number;
  readonly limitingResource: string;
  /** Ids of the runs it rests on. */
  readonly evidence: readonly string[];
  /** German sentences. */
  readonly notes: readonly string[];
}

export interface Estimate extends Interval {
  readonly value: number;
}

export interface Workers {
  readonly sync: number;
  readonly initialSync: number;
  readonly client: number;
  readonly eventPersister: number;
  readonly streamWriters: number;
  readonly federation: number;
  readonly pusher: number;
  readonly media: number;
  readonly total: number;
}
