import type { DatabaseStatistics } from '../../../core/model/bench.ts';
import { type Metrics, sumOf } from './metrics-text.ts';

/** What the server told of itself at one moment; counts grow from its start. */
export interface ServerSample {
  /** Milliseconds since measuring began. */
  readonly atMs: number;
  readonly homeserver?: HomeserverSample;
  readonly database?: DatabaseStatistics;
}

export interface HomeserverSample {
  readonly cpuSeconds: number;
  readonly residentKib: number;
  readonly responses: number;
  /** Time its threads spent in transactions of the database. */
  readonly transactionSeconds: number;
  readonly persistedEvents: number;
}

/** From Synapse's metrics; the process that answers, of workers only that one. */
export function homeserverSample(metrics: Metrics): HomeserverSample | undefined {
  const cpuSeconds = sumOf(metrics, 'process_cpu_seconds_total');
  if (cpuSeconds === undefined) return undefined;
  return {
    cpuSeconds,
    residentKib: (sumOf(metrics, 'process_resident_memory_bytes') ?? 0) / 1_024,
    responses: sumOf(metrics, 'synapse_http_server_response_count_total') ?? 0,
    transactionSeconds: sumOf(metrics, 'synapse_storage_transaction_time_sum_total') ?? 0,
    persistedEvents: sumOf(metrics, 'synapse_storage_events_persisted_events_total') ?? 0,
  };
}
