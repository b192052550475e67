import { performance } from 'node:perf_hooks';
import type { Bench } from '../../../core/model/bench.ts';
import type { AbortSignalLike } from '../../../core/model/family-runtime.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Text } from '../../../core/model/text.ts';
import { executeScenario } from '../../generator/execute-scenario.ts';
import { permissionGap } from '../../generator/permission-gap.ts';
import { planLoad } from '../../generator/plan-load.ts';
import type { Tally } from '../../generator/tally.ts';
import type { Population } from '../../population/population.ts';
import type { Counter } from '../../scenarios/load-record.ts';
import type { Scale, Scenario } from '../../scenarios/scenario.ts';
import type { MeasuredRun } from '../measured-run.ts';
import type { NextRun } from '../search/next-run.ts';
import { foreignCores, type MachineSample, sampleMachine } from './foreign-load.ts';
import { measuredRunFrom, type SteadyRates } from './measured-run-from.ts';
import { type ServerSample, serverFigures } from './server-figures.ts';
import { serverProcesses } from './server-processes.ts';

export interface MeasureOptions {
  readonly bench: Bench;
  readonly scenario: Scenario;
  readonly population: Population;
  readonly durationS: number;
  readonly compression: number;
  /** How many cores the server may use. */
  readonly serverCores: number;
  readonly signal: AbortSignalLike;
  readonly onProgress: (text: Text) => void;
}

const rampS = 5;
const drainS = 5;
/** A poll without news takes 30 s; so that everybody ends one while measuring. */
const idleS = 35;

export const runDurationS = ({ purpose }: NextRun, durationS: number): number =>
  purpose === 'idle' ? idleS : durationS;

/** Plays the scenario once. Throws `accessMissing` when the target does not allow so much. */
export async function measureRun(options: MeasureOptions, next: NextRun, id: string): Promise<MeasuredRun> {
  const { bench, scenario, population, compression } = options;
  const durationS = runDurationS(next, options.durationS);
  const writing = next.purpose === 'step' ? compression : 0;
  const scale: Scale = { users: next.users, rampS, durationS, drainS, compression: writing, minimumSamples: 1 };
  const schedule = planLoad({ scenario, scale, population, seed: next.seed });
  const gap = permissionGap(bench.target, scale, schedule, Date.now());
  if (gap !== undefined)
    throw new RigError('accessMissing', { en: `the target does not allow this step: ${gap}`, de: gap });
  const watch = createWatch(scale, options.serverCores);
  const run = await executeScenario({
    ...options,
    scale,
    schedule,
    seed: next.seed,
    onTally: watch.onTally,
  });
  return measuredRunFrom({ id, next, run, schedule, rates: watch.rates() });
}

interface Mark extends ServerSample {
  readonly machine: MachineSample | undefined;
  readonly counters: Partial<Record<Counter, number>>;
}

/**
 * Looks at the counters and at the server when everybody is online and when measuring ends, so that arrivals do not count;
 * who is late is not waited for longer than a third of the time.
 */
function createWatch({ users, durationS }: Scale, serverCores: number) {
  let begin: Mark | undefined;
  let end: Mark | undefined;
  let last: Mark | undefined;
  return {
    onTally: ({ counters, seconds }: Tally) => {
      if (end !== undefined || !seconds.has(0)) return;
      if (begin === undefined && !isComplete(seconds, users) && !seconds.has(Math.floor(durationS / 3))) return;
      if (begin !== undefined && !seconds.has(durationS - 1)) return;
      last = markNow(counters);
      if (begin === undefined) begin = last;
      else end = last;
    },
    rates: () => ratesBetween(begin ?? markNow({}), end ?? last ?? markNow({}), serverCores),
  };
}

/** As of the newest seconds; the very last may not have been told by all. */
const isComplete = (seconds: Tally['seconds'], users: number) =>
  [...seconds.values()].slice(-2).some(({ online }) => online >= users);

const markNow = (counters: Mark['counters']): Mark => ({
  atMs: performance.now(),
  counters: { ...counters },
  processes: serverProcesses(process.pid),
  machine: sampleMachine(),
});

function ratesBetween(begin: Mark, end: Mark, serverCores: number): SteadyRates {
  const seconds = Math.max(0.001, (end.atMs - begin.atMs) / 1_000);
  const rate = (name: Counter) => ((end.counters[name] ?? 0) - (begin.counters[name] ?? 0)) / seconds;
  return {
    messagesPerSecond: rate('sent'),
    pollsPerSecond: rate('polls'),
    syncBytesPerSecond: rate('syncBytes'),
    server: serverFigures(begin, end, serverCores),
    foreignCores: begin.machine && end.machine ? foreignCores(begin.machine, end.machine, seconds) : null,
  };
}
