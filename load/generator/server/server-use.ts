import type { Series } from '../../../core/model/outcome.ts';
import type { ServerSample } from './server-sample.ts';

/** What the server used between two samples. */
export interface ServerUse {
  /** Seconds since measuring began, in the middle. */
  readonly atS: number;
  /** Of one core: a Synapse process cannot use more. */
  readonly homeserverCpu?: number;
  readonly homeserverResidentKib?: number;
  readonly responsesPerSecond?: number;
  readonly persistedEventsPerSecond?: number;
  readonly transactionShare?: number;
  readonly commitsPerSecond?: number;
  readonly cacheHitShare?: number;
  /** Of the connections the database allows. */
  readonly connectionShare?: number;
}

export function serverUseBetween(before: ServerSample, after: ServerSample): ServerUse {
  const seconds = Math.max(0.001, (after.atMs - before.atMs) / 1_000);
  return {
    atS: (before.atMs + after.atMs) / 2_000,
    ...homeserverUse(before, after, seconds),
    ...databaseUse(before, after, seconds),
  };
}

function homeserverUse({ homeserver: from }: ServerSample, { homeserver: to }: ServerSample, seconds: number) {
  if (from === undefined || to === undefined) return {};
  return {
    homeserverCpu: (to.cpuSeconds - from.cpuSeconds) / seconds,
    homeserverResidentKib: to.residentKib,
    responsesPerSecond: (to.responses - from.responses) / seconds,
    persistedEventsPerSecond: (to.persistedEvents - from.persistedEvents) / seconds,
    transactionShare: (to.transactionSeconds - from.transactionSeconds) / seconds,
  };
}

function databaseUse({ database: from }: ServerSample, { database: to }: ServerSample, seconds: number) {
  if (from === undefined || to === undefined) return {};
  const read = to.blocksRead - from.blocksRead;
  const hit = to.blocksHit - from.blocksHit;
  return {
    commitsPerSecond: (to.commits - from.commits) / seconds,
    ...(read + hit > 0 && { cacheHitShare: hit / (read + hit) }),
    connectionShare: to.connections / to.maxConnections,
  };
}

/** One after the other, only of the time that is measured. */
export function serverUse(samples: readonly ServerSample[], durationS: number): ServerUse[] {
  const measured = samples.filter(({ atMs }) => atMs >= 0 && atMs <= durationS * 1_000);
  return measured.slice(1).map((after, index) => serverUseBetween(measured[index] ?? after, after));
}

/** Means of what has an upper limit, 0..1 of it, to find out what gives way first; absent where nothing was told. */
export interface ServerShares {
  readonly homeserverCpuShare?: number;
  readonly databaseConnectionShare?: number;
}

export function serverShares(uses: readonly ServerUse[]): ServerShares {
  const cpu = mean(uses.flatMap(({ homeserverCpu }) => homeserverCpu ?? []));
  const connections = mean(uses.flatMap(({ connectionShare }) => connectionShare ?? []));
  return {
    ...(cpu !== undefined && { homeserverCpuShare: cpu }),
    ...(connections !== undefined && { databaseConnectionShare: connections }),
  };
}

function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return Math.round((1_000 * values.reduce((sum, value) => sum + value, 0)) / values.length) / 1_000;
}

/** Curves beside those of the people; times count from the first arrival. */
export function serverSeries(uses: readonly ServerUse[], rampS: number): Series[] {
  const curve = (name: string, unit: string, value: (use: ServerUse) => number | undefined): Series[] => {
    const points = uses.flatMap((use): [number, number][] => {
      const known = value(use);
      return known === undefined ? [] : [[use.atS + rampS, Math.round(known * 1_000) / 1_000]];
    });
    return points.length === 0 ? [] : [{ name, unit, points }];
  };
  return [
    ...curve('Synapse: Rechenkerne', 'Kerne', (use) => use.homeserverCpu),
    ...curve('Synapse: Antworten', '1/s', (use) => use.responsesPerSecond),
    ...curve('PostgreSQL: abgeschlossene Transaktionen', '1/s', (use) => use.commitsPerSecond),
  ];
}
