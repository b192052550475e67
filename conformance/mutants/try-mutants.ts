import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { inParallel } from '../../core/run/in-parallel.ts';
import type { Recording } from '../replay/recording.ts';
import type { Mutant } from './mutant.ts';
import type { Task, TaskResult } from './task.ts';
import type { Tried } from './try-mutant.ts';

export interface TrialOptions {
  readonly recordings: readonly Recording[];
  readonly mutants: readonly Mutant[];
  readonly signal: AbortSignal;
  /** Told how many have been tried. */
  onProgress?(tried: number): void;
}

export interface Trials {
  /** By mutant; none for mutants of checks that cannot be replayed. */
  readonly tried: ReadonlyMap<Mutant, Tried>;
  readonly notReplayable: readonly string[];
}

/** Small enough that no worker is left alone with the last ones. */
const mostInTask = 100;

/** Tries every mutant, on all cores. */
export async function tryMutants({ recordings, mutants, signal, onProgress }: TrialOptions): Promise<Trials> {
  const tasks = tasksFor(recordings, mutants);
  const tried = new Map<Mutant, Tried>();
  const notReplayable = new Set<string>();
  await using crew = createCrew(recordings, Math.min(availableParallelism(), tasks.length));
  await inParallel(tasks, crew.size, async (task) => {
    signal.throwIfAborted();
    const result = await crew.do(task);
    if (!result.isReplayable) notReplayable.add(result.check);
    for (const [index, one] of result.tried.entries()) tried.set(task.mutants[index] as Mutant, one);
    onProgress?.(tried.size);
  });
  return { tried, notReplayable: [...notReplayable].toSorted() };
}

/** Every recording has at least one task, so that each is replayed untouched; the longest first. */
function tasksFor(recordings: readonly Recording[], mutants: readonly Mutant[]): readonly Task[] {
  const byCheck = Map.groupBy(mutants, ({ check }) => check);
  return recordings
    .toSorted((a, b) => b.exchanges.length - a.exchanges.length)
    .flatMap(({ check }) => {
      const its = byCheck.get(check) ?? [];
      const count = Math.max(1, Math.ceil(its.length / mostInTask));
      return Array.from({ length: count }, (_, nth) => ({
        check,
        mutants: its.slice(nth * mostInTask, (nth + 1) * mostInTask),
      }));
    });
}

interface Crew extends AsyncDisposable {
  readonly size: number;
  do(task: Task): Promise<TaskResult>;
}

/** Never more tasks at once than workers. */
function createCrew(recordings: readonly Recording[], size: number): Crew {
  const workers = Array.from({ length: size }, () => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: recordings });
    worker.setMaxListeners(0);
    return worker;
  });
  const idle = [...workers];
  return {
    size,
    do: async (task) => {
      const worker = idle.pop();
      if (worker === undefined) throw new RangeError('more tasks at once than workers');
      const result = await answerOf(worker, task);
      idle.push(worker);
      return result;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function answerOf(worker: Worker, task: Task): Promise<TaskResult> {
  const { promise, resolve, reject } = Promise.withResolvers<TaskResult>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.postMessage(task);
  return promise.finally(() => {
    worker.off('message', resolve);
    worker.off('error', reject);
  });
}
