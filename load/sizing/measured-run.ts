/** One run at one number of people: the unit of replication. Everything after measuring works on these alone. */
export interface MeasuredRun {
  /** Names the evidence, e.g. `0007`. */
  readonly id: string;
  readonly users: number;
  /** step: part of the ladder; idle: everybody online and nobody writing, to tell polls from messages. */
  readonly purpose: 'step' | 'idle';
  readonly seed: string;
  /** German sentences on why the generator cannot be trusted; such a run counts for nothing. */
  readonly invalid: readonly string[];
  /** Seconds cut off at the beginning. */
  readonly warmUpS: number;
  /** Seconds after the warm-up; rates of deliveries are means over them. */
  readonly steadyS: number;
  /** Deliveries per second that one message more or less in flight makes; smaller differences mean nothing. */
  readonly resolution: number;
  /** Deliveries per second, as planned and as seen. */
  readonly offered: number;
  readonly delivered: number;
  /** Deliveries per second that the backlog grew by. */
  readonly backlogGrowth: number;
  readonly messagesPerSecond: number;
  readonly pollsPerSecond: number;
  readonly delivery: Percentiles;
  readonly send: Percentiles;
  readonly initialSync: Percentiles;
  readonly requests: number;
  readonly failedRequests: number;
  readonly throttledRequests: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly neverOnline: number;
  readonly syncBytesPerSecond: number;
  readonly server: ServerFigures;
  /** Cores of this machine that others kept busy meanwhile; null where it is not seen. */
  readonly foreignCores: number | null;
  readonly generator: { readonly cpuCores: number; readonly loopLagP99Ms: number };
}

/** Milliseconds; null where too few samples make a percentile only another name for the maximum. */
export interface Percentiles {
  readonly samples: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** What the server used during the run, joined to the step. Empty records where nothing of it can be seen. */
export interface ServerFigures {
  /** Resource → share of its capacity (0..1), e.g. `synapse main process cpu`. */
  readonly utilisation: Readonly<Record<string, number>>;
  /** Program → processor cores, e.g. `synapse`, `postgres`, `nginx`. */
  readonly cpuCores: Readonly<Record<string, number>>;
  /** Program → memory. */
  readonly residentMib: Readonly<Record<string, number>>;
  /** Program → bytes written to storage per second. */
  readonly writtenBytesPerSecond: Readonly<Record<string, number>>;
}

export const nothingSeen: ServerFigures = { utilisation: {}, cpuCores: {}, residentMib: {}, writtenBytesPerSecond: {} };

export const isValid = ({ invalid }: MeasuredRun): boolean => invalid.length === 0;
