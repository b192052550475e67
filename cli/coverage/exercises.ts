import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { Exercise } from '../../core/model/exercise.ts';
import { readJournal } from '../../reports/journal/read-journal.ts';
import { runFolderAt } from '../../reports/journal/run-folder.ts';

export interface ExercisedRun {
  /** Its folder. */
  readonly run: string;
  readonly exercises: readonly Exercise[];
}

/** What a run asked of the target's operations. */
export function exercisesOf(run: string): ExercisedRun {
  const { journal } = runFolderAt(run);
  const entries = existsSync(journal) ? readJournal(journal).entries : [];
  const exercises = entries.flatMap(({ event }) => (event.type === 'checkFinished' ? (event.exercised ?? []) : []));
  return { run, exercises };
}

/** The newest run in the folder that asked any operation; their names begin with the time. */
export function newestExercised(runs: string): ExercisedRun | undefined {
  const folders = globSync('*/journal.ndjson', { cwd: runs }).map((path) => join(runs, path, '..'));
  for (const folder of folders.toSorted().toReversed()) {
    const found = exercisesOf(folder);
    if (found.exercises.length > 0) return found;
  }
  return undefined;
}
