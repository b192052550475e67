import { parentPort, workerData } from 'node:worker_threads';
import type { ConformanceCheck } from '../lib/conformance-check.ts';
import { asRecorded } from '../replay/answers.ts';
import type { Recording } from '../replay/recording.ts';
import { type IndexedRecording, indexRecording } from '../replay/replay.ts';
import { replayCheck } from '../replay/replay-check.ts';
import { isSameOutcome } from '../replay/same-outcome.ts';
import type { Task, TaskResult } from './task.ts';
import { createTrial } from './try-mutant.ts';

// One task after another, as they are handed over; the recordings come once, at the start.
const recordings = new Map((workerData as readonly Recording[]).map((recording) => [recording.check, recording]));

parentPort?.on('message', (task: Task) => {
  done(task).then(
    (result) => parentPort?.postMessage(result),
    (thrown: unknown) => {
      throw thrown;
    },
  );
});

async function done({ check: id, mutants }: Task): Promise<TaskResult> {
  const recording = recordings.get(id);
  if (recording === undefined) throw new RangeError(`no recording of ${id}`);
  const check = await checkNamed(id);
  const indexed = indexRecording(recording);
  if (!(await replaysToItsOutcome(check, indexed))) return { check: id, isReplayable: false, tried: [] };
  const tryMutant = createTrial(check, indexed);
  const tried: TaskResult['tried'][number][] = [];
  for (const mutant of mutants) tried.push(await tryMutant(mutant));
  return { check: id, isReplayable: true, tried };
}

/** Asks all that was asked, and concludes the same: an end halfway may look the same when something was found before. */
async function replaysToItsOutcome(check: ConformanceCheck, indexed: IndexedRecording): Promise<boolean> {
  const { outcome, exchanges } = indexed.recording;
  const truth = asRecorded();
  const asked = new Set<number>();
  const replayed = await replayCheck(check, indexed, (played) => {
    asked.add(played.index);
    return truth(played);
  }).catch(String);
  return typeof replayed !== 'string' && isSameOutcome(outcome, replayed) && asked.size === exchanges.length;
}

/** The id is the path. */
async function checkNamed(id: string): Promise<ConformanceCheck> {
  const [, ...parts] = id.split('.');
  const module = (await import(`../checks/${parts.join('/')}.check.ts`)) as Record<string, ConformanceCheck>;
  const [check] = Object.values(module);
  if (check === undefined) throw new TypeError(`${id} exports no check`);
  return check;
}
