/** Upper limits that decide; latency counts from the intended time. */
export interface ServiceLevels {
  readonly delivery: { readonly p95Ms: number; readonly p99Ms: number };
  readonly sendAnswer: { readonly p95Ms: number; readonly p99Ms: number };
  /** Failed requests among all. */
  readonly errorShare: number;
}

/** Defaults until a contract says otherwise: nobody publishes figures; the error share is Mattermost's alert threshold. */
export const defaultServiceLevels: ServiceLevels = {
  delivery: { p95Ms: 1_000, p99Ms: 3_000 },
  sendAnswer: { p95Ms: 500, p99Ms: 2_000 },
  errorShare: 0.000_25,
};
