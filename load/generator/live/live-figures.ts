import { createHistogram, type Tally } from '../tally.ts';

/** What is told once a second while a run goes on. */
export interface LiveFigures {
  /** Seconds since measuring began; negative while people arrive. */
  readonly second: number;
  readonly durationS: number;
  readonly online: number;
  readonly users: number;
  readonly pollsPerSecond: number;
  readonly sendsPerSecond: number;
  readonly requestsPerSecond: number;
  readonly failedPerSecond: number;
  /** Of the last windows that have samples enough; absent while there are none. */
  readonly deliveryP95Ms?: number;
  readonly deliverySamples: number;
  /** Since the start. */
  readonly failed: number;
  readonly loopLagP99Ms: number;
}

/** Every VU has told of a second when the next but one begins. */
const behindS = 2;
/** A percentile of fewer is only another name for the maximum. */
const fewestSamples = 20;
const recentWindows = 3;

/** The last second that is complete. `nowMs`: since measuring began. */
export function liveFigures(
  tally: Tally,
  { users, durationS }: { readonly users: number; readonly durationS: number },
  nowMs: number,
): LiveFigures {
  const second = Math.floor(nowMs / 1_000) - behindS;
  const totals = tally.seconds.get(second);
  const { samples, p95Ms } = recentDelivery(tally, second);
  return {
    second,
    durationS,
    users,
    online: totals?.online ?? 0,
    pollsPerSecond: totals?.polls ?? 0,
    sendsPerSecond: totals?.sends ?? 0,
    requestsPerSecond: totals?.requests ?? 0,
    failedPerSecond: totals?.failed ?? 0,
    deliverySamples: samples,
    ...(p95Ms !== undefined && { deliveryP95Ms: p95Ms }),
    failed: Object.values(tally.errors).reduce((sum, count) => sum + count, 0),
    loopLagP99Ms: tally.histograms.lag.getValueAtPercentile(99),
  };
}

function recentDelivery(tally: Tally, second: number): { samples: number; p95Ms?: number } {
  const { deliveryWindowS } = tally;
  const last = Math.floor(second / deliveryWindowS) * deliveryWindowS;
  const recent = createHistogram();
  for (let back = 0; back < recentWindows; back++) {
    const window = tally.deliveryWindows.get(last - back * deliveryWindowS);
    if (window !== undefined) recent.add(window);
  }
  const samples = recent.totalCount;
  return samples < fewestSamples ? { samples } : { samples, p95Ms: recent.getValueAtPercentile(95) };
}
