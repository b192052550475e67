import type { Histogram } from 'hdr-histogram-js';
import { generatorFaults } from '../../generator/generator-faults.ts';
import type { LoadRun } from '../../generator/load-run.ts';
import { samplesFor } from '../../generator/percentile-samples.ts';
import type { Schedule } from '../../generator/plan-load.ts';
import { createHistogram } from '../../generator/tally.ts';
import type { MeasuredRun, Percentiles, ServerFigures } from '../measured-run.ts';
import type { NextRun } from '../search/next-run.ts';
import { theilSenSlope } from '../statistics/theil-sen.ts';
import { warmUpCut } from '../statistics/warm-up-cut.ts';
import { withOwnFigures } from './own-figures.ts';
import { plannedDeliveries } from './planned-deliveries.ts';

/** What was counted between the beginning and the end of measuring. */
export interface SteadyRates {
  readonly messagesPerSecond: number;
  readonly pollsPerSecond: number;
  readonly syncBytesPerSecond: number;
  readonly server: ServerFigures;
  readonly foreignCores: number | null;
}

export interface Observed {
  readonly id: string;
  readonly next: NextRun;
  readonly run: LoadRun;
  readonly schedule: Schedule;
  readonly rates: SteadyRates;
}

/** A k6 process tells each second in the middle of the next. */
const toldLaterMs = 500;
/** Deliveries that take up to this long are under way, not behind. */
const mostUnderWayMs = 300;

/** Brings a run of the generator into the form that sizing works on. */
export function measuredRunFrom({ id, next, run, schedule, rates }: Observed): MeasuredRun {
  const { tally, deliveries, scale } = run;
  const windows = windowsOf(run);
  const windowS = tally.deliveryWindowS;
  const cut = warmUpCut(windows.map(({ histogram }) => (histogram.totalCount === 0 ? 0 : histogram.mean)));
  const steady = windows.slice(cut);
  const merged = createHistogram();
  for (const { histogram } of steady) merged.add(histogram);
  const delivery = percentilesOf(merged);
  const shiftMs = toldLaterMs + Math.min(delivery.p50Ms ?? 0, mostUnderWayMs);
  const planned = steady.map(({ fromS }) =>
    plannedDeliveries(schedule, fromS * 1_000 - shiftMs, (fromS + windowS) * 1_000 - shiftMs),
  );
  const steadyS = Math.max(1, steady.length * windowS);
  const largestRoom = Math.max(...schedule.rooms.map(({ members }) => members.length));
  return {
    id,
    users: scale.users,
    purpose: next.purpose,
    seed: next.seed,
    invalid: generatorFaults(run),
    warmUpS: cut * windowS,
    steadyS,
    resolution: largestRoom / steadyS,
    offered: sum(planned) / steadyS,
    delivered: merged.totalCount / steadyS,
    backlogGrowth: growthOf(
      steady.map(({ histogram }, index) => (planned[index] ?? 0) - histogram.totalCount),
      windowS,
    ),
    ...rates,
    server: withOwnFigures(rates.server, run),
    delivery,
    send: percentilesOf(tally.histograms.send),
    initialSync: percentilesOf(tally.histograms.initialSync),
    requests: tally.counters.requests ?? 0,
    failedRequests: sum(Object.values(tally.errors)),
    throttledRequests: tally.counters.throttled ?? 0,
    lost: deliveries.lost,
    duplicated: deliveries.duplicated,
    outOfOrder: deliveries.outOfOrder,
    neverOnline: deliveries.neverOnline,
    generator: {
      cpuCores: sum(run.processes.map(({ usage }) => usage.cpuCores)),
      loopLagP99Ms: tally.histograms.lag.getValueAtPercentile(99),
    },
  };
}

/** Whole windows of measuring, empty ones included. */
function windowsOf({ tally, scale }: LoadRun) {
  return Array.from({ length: Math.floor(scale.durationS / tally.deliveryWindowS) }, (_, index) => {
    const fromS = index * tally.deliveryWindowS;
    return { fromS, histogram: tally.deliveryWindows.get(fromS) ?? createHistogram() };
  });
}

/** Slope of the backlog at the ends of the windows, per second. */
function growthOf(missingByWindow: readonly number[], windowS: number): number {
  let backlog = 0;
  const points = missingByWindow.map((missing, index) => {
    backlog += missing;
    return [(index + 1) * windowS, backlog] as const;
  });
  return theilSenSlope([[0, 0], ...points]);
}

function percentilesOf(histogram: Histogram): Percentiles {
  const samples = histogram.totalCount;
  const at = (percentile: number) =>
    samples >= samplesFor(percentile) ? histogram.getValueAtPercentile(percentile) : null;
  return { samples, p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
