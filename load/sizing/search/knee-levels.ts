/** What must hold for a step to count as carried. Latencies count from the intended time. */
export interface KneeLevels {
  readonly delivery: Levels;
  readonly send: Levels;
  readonly initialSync: Levels;
  /** Failed requests among all. */
  readonly errorShare: number;
  /** Deliveries seen in time among those planned. */
  readonly deliveredShare: number;
  /** Growth of the backlog as a share of what is planned. */
  readonly backlogGrowthShare: number;
}

export type Levels = Readonly<Partial<Record<'p50Ms' | 'p95Ms' | 'p99Ms', number>>>;

/** Assumptions until a contract says otherwise; the error share is Mattermost's alert threshold. */
export const defaultKneeLevels: KneeLevels = {
  delivery: { p50Ms: 300, p95Ms: 1_000, p99Ms: 3_000 },
  send: { p95Ms: 500, p99Ms: 2_000 },
  initialSync: { p95Ms: 8_000 },
  errorShare: 0.000_25,
  deliveredShare: 0.98,
  backlogGrowthShare: 0.02,
};
