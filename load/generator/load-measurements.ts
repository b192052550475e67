import type { Histogram } from 'hdr-histogram-js';
import type { Measurements, Series } from '../../core/model/outcome.ts';
import { actionFigures } from './action-measurements.ts';
import type { K6Run } from './k6-process.ts';
import type { LoadRun } from './load-run.ts';
import { serverSeries, serverShares, serverUse } from './server/server-use.ts';

/** Figures and curves of a run, for the report and for comparing runs. Times of the curves count from the first arrival. */
export function loadMeasurements(run: LoadRun): Measurements {
  const uses = serverUse(run.server ?? [], run.scale.durationS);
  const people = { ...messageFigures(run), ...latencyFigures(run), ...actionFigures(run.tally) };
  return {
    figures: { ...people, ...generatorFigures(run), ...serverShares(uses) },
    series: [...curves(run), ...serverSeries(uses, run.scale.rampS)],
  };
}

function messageFigures({ scale, tally, deliveries }: LoadRun): Record<string, number> {
  const { counters, errors } = tally;
  const measuredS = Math.max(1, tally.seconds.size);
  return {
    users: scale.users,
    durationMs: scale.durationS * 1_000,
    planned: deliveries.messages,
    sent: counters.sent ?? 0,
    unconfirmed: deliveries.unconfirmed,
    deliveriesPlanned: deliveries.planned,
    seen: deliveries.seen,
    lost: deliveries.lost,
    duplicated: deliveries.duplicated,
    outOfOrder: deliveries.outOfOrder,
    requests: counters.requests ?? 0,
    failedRequests: Object.values(errors).reduce((sum, count) => sum + count, 0),
    throttledRequests: counters.throttled ?? 0,
    pollsPerSecond: round((counters.polls ?? 0) / measuredS),
    messagesPerSecond: round((counters.sent ?? 0) / scale.durationS),
    syncKib: round((counters.syncBytes ?? 0) / 1_024),
  };
}

function latencyFigures({ tally }: LoadRun): Record<string, number> {
  const { delivery, deliveryActual, send, sendActual, initialSync } = tally.histograms;
  return {
    deliverySamples: delivery.totalCount,
    deliveryP50Ms: at(delivery, 50),
    deliveryP95Ms: at(delivery, 95),
    deliveryP99Ms: at(delivery, 99),
    deliveryActualP95Ms: at(deliveryActual, 95),
    sendSamples: send.totalCount,
    sendP50Ms: at(send, 50),
    sendP95Ms: at(send, 95),
    sendP99Ms: at(send, 99),
    sendActualP95Ms: at(sendActual, 95),
    initialSyncP95Ms: at(initialSync, 95),
  };
}

function generatorFigures({
  scale,
  tally,
  processes,
  vus,
  bundleBytes,
  provisioning,
}: LoadRun): Record<string, number> {
  const sumOf = (figure: (run: K6Run) => number) => processes.reduce((sum, run) => sum + figure(run), 0);
  return {
    generatorProcesses: processes.length,
    generatorVus: vus,
    generatorKibPerUser: round(sumOf(({ usage }) => usage.usersKib) / scale.users),
    generatorPeakKib: sumOf(({ usage }) => usage.peakKib),
    generatorCpuCores: round(sumOf(({ usage }) => usage.cpuCores)),
    generatorLoopLagP99Ms: at(tally.histograms.lag, 99),
    generatorBundleBytes: bundleBytes,
    generatorFailedProcesses: processes.filter(({ exitCode }) => exitCode !== 0).length,
    provisioningMs: Math.round(provisioning.durationMs),
    joinsPerSecond: round((1_000 * provisioning.joins) / Math.max(1, provisioning.joinMs)),
  };
}

function curves({ scale, tally }: LoadRun): Series[] {
  const { deliveryWindowS } = tally;
  const seconds = [...tally.seconds].toSorted(([a], [b]) => a - b);
  const windows = [...tally.deliveryWindows]
    .toSorted(([a], [b]) => a - b)
    .filter(([, { totalCount }]) => totalCount > 0);
  const sinceArrival = (second: number) => second + scale.rampS;
  return [
    { name: 'Personen online', unit: 'Personen', points: seconds.map(([s, { online }]) => [sinceArrival(s), online]) },
    { name: 'Gesendete Nachrichten', unit: '1/s', points: seconds.map(([s, { sends }]) => [sinceArrival(s), sends]) },
    {
      name: `Zustellzeit P95 je ${deliveryWindowS} s`,
      unit: 'ms',
      points: windows.map(([s, histogram]) => [sinceArrival(s + deliveryWindowS / 2), at(histogram, 95)]),
    },
  ];
}

/** 0 without samples; the number of samples stands beside it. */
const at = (histogram: Histogram, percentile: number) =>
  histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percentile);

const round = (value: number) => Math.round(value * 1_000) / 1_000;
