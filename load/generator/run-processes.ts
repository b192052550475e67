import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import { type K6Options, type K6Run, runK6 } from './k6-process.ts';
import type { Slice } from './machine-plan.ts';
import type { RunFolder } from './run-files.ts';

export interface ProcessesOptions
  extends Pick<
    K6Options,
    'k6' | 'script' | 'trustFile' | 'proxyUrl' | 'metricsTo' | 'timeoutMs' | 'signal' | 'onRecord'
  > {
  readonly folder: RunFolder;
  readonly slices: readonly Slice[];
  /** As `loadPlans` makes them, in order of the slices. */
  readonly plansFrom: (measuringFromMs: number) => readonly LoadPlan[];
  /** From starting the processes to the beginning of measuring. */
  readonly leadMs: number;
  /** Everybody's. */
  readonly rows: readonly UserRow[];
  readonly onStart?: (measuringFromMs: number) => void;
  /** Told as soon as one has ended. */
  readonly onEnd: (run: K6Run) => void;
}

/**
 * Runs one k6 for each slice, all with the same beginning of measuring, to their ends. When one cannot be started none
 * goes on; when one dies the others do, so that what they measure is kept.
 */
export async function runProcesses(options: ProcessesOptions): Promise<K6Run[]> {
  const { folder, slices, rows, onEnd, onStart } = options;
  const stop = stopWith(options.signal);
  const usersFiles = await Promise.all(
    slices.map(({ process, firstUser, users }) =>
      folder.write(`users-${process}.json`, rows.slice(firstUser, firstUser + users)),
    ),
  );
  const fromMs = Date.now() + options.leadMs;
  const plans = options.plansFrom(fromMs);
  const measured = { fromMs, untilMs: fromMs + (plans[0]?.durationMs ?? 0) };
  const planFiles = await Promise.all(plans.map((plan) => folder.write(`plan-${plan.process}.json`, plan)));
  onStart?.(fromMs);
  const runs = slices.map(async ({ process, sourceAddress }, index) => {
    const files = { planFile: planFiles[index] ?? '', usersFile: usersFiles[index] ?? '', homeDirectory: folder.path };
    const source = sourceAddress === undefined ? {} : { sourceAddress };
    const run = await runK6({ ...options, ...files, ...source, process, measured, signal: stop.signal });
    onEnd(run);
    return run;
  });
  try {
    return await Promise.all(runs);
  } catch (thrown) {
    stop.abort();
    await Promise.allSettled(runs);
    throw thrown;
  }
}

function stopWith(signal: AbortSignalLike): AbortController {
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort());
  if (signal.aborted) stop.abort();
  return stop;
}
