import { join } from 'node:path';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { Text } from '../../core/model/text.ts';
import type { ExecuteOptions } from './execute-scenario.ts';
import type { K6Run } from './k6-process.ts';
import { startWatch } from './live/live-watch.ts';
import type { Stopped } from './load-run.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { MetricsOutput } from './metrics-output.ts';
import type { Provisioned } from './provision.ts';
import { loadPlans, type RunFolder, startMarginMs, userRows } from './run-files.ts';
import { type ProcessesOptions, runProcesses } from './run-processes.ts';
import type { ServerSample } from './server/server-sample.ts';
import { watchServer } from './server/watch-server.ts';
import { createTally, deliveryWindowFor, enterRecord, type Tally } from './tally.ts';
import { startTamperingProxy } from './tampering-proxy.ts';
import { writeTrustFile } from './trust-file.ts';

export interface PlayOptions extends ExecuteOptions {
  /** The program. */
  readonly k6: string;
  readonly script: string;
  readonly folder: RunFolder;
  readonly provisioned: Provisioned;
  readonly machinePlan: MachinePlan;
}

/** What k6 told, whole or as far as it came. */
export interface Played {
  readonly processes: readonly K6Run[];
  readonly tally: Tally;
  readonly server: readonly ServerSample[];
  readonly stopped?: Stopped;
}

/** k6 itself starts, stops and waits for its last polls in this time. */
const k6MarginMs = 75_000;

/** Lets k6 play what was prepared. When it is stopped, what was measured until then is kept. */
export async function playScenario(options: PlayOptions): Promise<Played> {
  const { bench, scale, defect, folder } = options;
  await using proxy = defect === undefined ? undefined : await startTamperingProxy(bench, defect);
  const trustFile = join(folder.path, 'authorities.pem');
  await writeTrustFile(trustFile, bench.target.caCertificates);
  const { metricsTo } = options;
  const target = {
    ...(metricsTo && { metricsTo }),
    baseUrl: proxy?.baseUrl ?? bench.target.homeserverUrl,
    trustFile,
    ...(proxy === undefined && bench.target.proxyUrl !== undefined && { proxyUrl: bench.target.proxyUrl }),
  };
  const tally = createTally(deliveryWindowFor(scale.durationS));
  const limit = new AbortController();
  let why = '';
  const endEarly = (reason: string) => {
    why ||= reason;
    limit.abort();
  };
  const told = await runWatched(options, {
    tally,
    target,
    signal: either(options.signal, limit.signal),
    endEarly,
  });
  if (options.signal.aborted) return { ...told, tally, stopped: { by: 'person' } };
  return { ...told, tally, ...(limit.signal.aborted && { stopped: { by: 'limit', why } }) };
}

interface Watched {
  readonly tally: Tally;
  readonly target: {
    readonly baseUrl: string;
    readonly trustFile: string;
    readonly proxyUrl?: string;
    readonly metricsTo?: MetricsOutput;
  };
  readonly signal: AbortSignalLike;
  readonly endEarly: (why: string) => void;
}

async function runWatched(
  options: PlayOptions,
  { tally, target, signal, endEarly }: Watched,
): Promise<Pick<Played, 'processes' | 'server'>> {
  const { scale, onTally, onProgress, machinePlan } = options;
  await using watches = new AsyncDisposableStack();
  let server: readonly ServerSample[] = [];
  let beganAtMs = 0;
  const { baseUrl, ...reached } = target;
  const processes = await runProcesses({
    ...processesOf(options, baseUrl),
    ...reached,
    signal,
    onStart: (measuringFromMs) => {
      beganAtMs = measuringFromMs;
      const { onFigures = () => {}, abortOn: rules = [] } = options;
      const onNotice = onProgress;
      server = watches.use(watchServer(options.bench, measuringFromMs)).samples;
      watches.use(startWatch({ tally, scale, measuringFromMs, rules, onFigures, onNotice, onLimit: endEarly }));
    },
    onRecord: (record) => {
      enterRecord(tally, record, Date.now() - beganAtMs);
      onTally?.(tally);
    },
    onEnd: (run) => {
      if (run.exitCode !== 0 && run.endedBy !== 'stop') onProgress(endedEarlyText(run, machinePlan.slices.length));
    },
  });
  return { processes, server };
}

type Prepared = Pick<
  ProcessesOptions,
  'k6' | 'script' | 'folder' | 'slices' | 'rows' | 'leadMs' | 'plansFrom' | 'timeoutMs'
>;

function processesOf(options: PlayOptions, baseUrl: string): Prepared {
  const { k6, script, folder, scale, schedule, seed, provisioned, machinePlan } = options;
  const leadMs = startMarginMs(machinePlan) + scale.rampS * 1_000;
  return {
    k6,
    script,
    folder,
    slices: machinePlan.slices,
    rows: userRows(schedule, provisioned),
    leadMs,
    plansFrom: (measuringFromMs) => loadPlans({ scale, baseUrl, seed, machinePlan, measuringFromMs }),
    timeoutMs: leadMs + (scale.durationS + scale.drainS) * 1_000 + k6MarginMs,
  };
}

function either(first: AbortSignalLike, second: AbortSignal): AbortSignalLike {
  const both = new AbortController();
  for (const signal of [first, second]) {
    signal.addEventListener('abort', () => both.abort());
    if (signal.aborted) both.abort();
  }
  return both.signal;
}

const endedEarlyText = ({ process, endedBy, exitCode }: K6Run, processes: number): Text => ({
  en: `k6 process ${process} of ${processes} ended early (${endedBy}, code ${exitCode ?? 'none'}): the run is invalid, the others go on and are kept.`,
  de: `k6-Prozess ${process} von ${processes} endete vorzeitig (${endedBy}, Code ${exitCode ?? 'keiner'}): Der Lauf ist ungültig, die übrigen laufen weiter und bleiben erhalten.`,
});
