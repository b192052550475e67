import { runFolderAt } from './journal/run-folder.ts';
import { type KeptResults, readKeptResults } from './kept-results.ts';
import { loadRun } from './load-run.ts';
import type { ReportModel } from './report-model.ts';
import { resultsFrom } from './results.ts';
import { movedEnd, noEnd, staleResults } from './texts/journal-problems.ts';

export interface Verification {
  readonly ok: boolean;
  /** As in results.json: neither broken off nor stopped by hand. */
  readonly complete: boolean;
  readonly files: number;
  readonly entries: number;
  readonly signature: 'valid' | 'absent' | 'invalid';
  /** German one-liners, as all results. */
  readonly problems: readonly string[];
}

/** Recomputes everything a run folder claims about itself. `model`: where the run is loaded already, which reads all its evidence. */
export function verifyRun(root: string, model: ReportModel = loadRun(root)): Verification {
  const problems = [
    ...model.journal.problems,
    ...(model.finished === undefined ? [noEnd.de] : []),
    ...(hasStaleResults(root, model) ? [staleResults.de] : []),
  ];
  return {
    ok: problems.length === 0,
    complete: resultsFrom(model).complete,
    files: new Set(model.checks.flatMap(({ evidence }) => evidence.map(({ file }) => file))).size,
    entries: model.journal.entries,
    signature: 'absent',
    problems,
  };
}

/** Shows a verdict that was changed by hand. That the journal moved on is said once. */
function hasStaleResults(root: string, model: ReportModel): boolean {
  const kept = readKeptResults(runFolderAt(root));
  if (kept === undefined || model.journal.problems.includes(movedEnd.de)) return false;
  return keyFacts(kept) !== keyFacts(resultsFrom(model));
}

function keyFacts({ journal, exitCode, requirements }: KeptResults): string {
  const verdicts = Array.isArray(requirements) ? requirements.map(({ id, verdict }) => [id, verdict]) : requirements;
  return JSON.stringify([journal?.lastLineSha256, exitCode, verdicts]);
}
