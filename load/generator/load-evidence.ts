import { encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { Evidence } from '../../core/model/evidence.ts';
import { latencies } from '../scenarios/load-record.ts';
import { loadMeasurements } from './load-measurements.ts';
import type { LoadRun } from './load-run.ts';
import type { Schedule } from './plan-load.ts';

/** Everything a percentile of the report was computed from; histograms in the HdrHistogram format, to be merged with others. */
export function loadEvidence(run: LoadRun, { planHash }: Pick<Schedule, 'planHash'>): Evidence {
  const { scale, tally, deliveries, processes } = run;
  const histograms = latencies.map((name) => [name, encodeIntoCompressedBase64(tally.histograms[name])]);
  const content = {
    scale,
    planHash,
    deliveries,
    errors: tally.errors,
    ...loadMeasurements(run),
    histograms: Object.fromEntries(histograms),
    processes,
    server: run.server ?? [],
  };
  return { name: 'Lastmessung', mediaType: 'application/json', content: JSON.stringify(content, null, 1) };
}
