import { type Metrics, sumOf } from './metrics-text.ts';
import type { ServerSample } from './server-sample.ts';

/** What a homeserver spent on synchronisations of one kind since its start, as it counts it for each request. */
export interface SyncSpending {
  readonly cpuSeconds: number;
  readonly answers: number;
}

export interface SyncSpendings {
  readonly v2: SyncSpending;
  readonly sliding: SyncSpending;
}

const servlets = { v2: 'SyncRestServlet', sliding: 'SlidingSyncRestServlet' } as const;

/** From Synapse's metrics. */
export function syncSpendings(metrics: Metrics): SyncSpendings {
  return { v2: spending(metrics, servlets.v2), sliding: spending(metrics, servlets.sliding) };
}

function spending(metrics: Metrics, servlet: string): SyncSpending {
  const of = (name: string) =>
    sumOf(metrics, `synapse_http_server_response_${name}_total`, `servlet="${servlet}"`) ?? 0;
  return { cpuSeconds: of('ru_utime_seconds') + of('ru_stime_seconds'), answers: of('count') };
}

/** Polls of a client without news: each device has one, or two with sliding sync, and each lasts 30 s. */
const pollS = 30;
const connections = { v2: 1, sliding: 2 } as const;

/**
 * Processor time of a poll, and cores that 1,000 devices without news need; of a kind only where it was asked for. Synapse
 * counts what it does for a request itself, not what all requests share.
 */
export function syncCostFigures(samples: readonly ServerSample[], isIdle: boolean): Record<string, number> {
  // Before measuring people arrive: their first synchronisations are no polls.
  const told = samples.flatMap(({ atMs, homeserver }) => (atMs < 0 ? [] : (homeserver?.sync ?? [])));
  const first = told[0];
  const last = told.at(-1);
  if (first === undefined || last === undefined) return {};
  const figures: Record<string, number> = {};
  for (const [kind, name] of [['v2', 'syncV2'] as const, ['sliding', 'syncSliding'] as const]) {
    const answers = last[kind].answers - first[kind].answers;
    if (answers <= 0) continue;
    const seconds = (last[kind].cpuSeconds - first[kind].cpuSeconds) / answers;
    figures[`${name}CpuMsPerPoll`] = round(seconds * 1_000);
    if (isIdle) figures[`${name}CoresPerThousandDevices`] = round((1_000 * connections[kind] * seconds) / pollS);
  }
  return figures;
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
