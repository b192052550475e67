import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvidence } from '../core/model/evidence.ts';
import { sha256 } from './journal/digest.ts';
import { runFolderAt } from './journal/run-folder.ts';
import { loadRun } from './load-run.ts';
import type { ReportModel } from './report-model.ts';
import { resultsFrom } from './results.ts';
import { alteredEvidence, type FolderProblem, missingEvidence, staleResults } from './texts/journal-problems.ts';

export interface Verification {
  readonly ok: boolean;
  readonly files: number;
  readonly entries: number;
  readonly signature: 'valid' | 'absent' | 'invalid';
  /** German one-liners, as all results. */
  readonly problems: readonly string[];
}

/** Recomputes everything a run folder claims about itself. */
export function verifyRun(root: string): Verification {
  const model = loadRun(root);
  const evidence = new Map(model.checks.flatMap((check) => check.evidence.map((item) => [item.file, item])));
  const found = [...evidence.values()].flatMap((item) => evidenceProblems(root, item));
  const problems = [...model.journal.problems, ...[...found, ...resultsProblems(root, model)].map(({ de }) => de)];
  const { entries } = model.journal;
  return { ok: problems.length === 0, files: evidence.size, entries, signature: 'absent', problems };
}

function evidenceProblems(root: string, { file, sha256: expected }: StoredEvidence): readonly FolderProblem[] {
  const path = join(root, file);
  if (!existsSync(path)) return [missingEvidence(file)];
  return sha256(readFileSync(path)) === expected ? [] : [alteredEvidence(file)];
}

/** The only place that names the digest of the journal's last line; also shows a verdict that was changed by hand. */
function resultsProblems(root: string, model: ReportModel): readonly FolderProblem[] {
  const path = join(runFolderAt(root).report, 'results.json');
  if (!existsSync(path)) return [];
  const expected = keyFacts(resultsFrom(model));
  return keyFacts(parse(readFileSync(path, 'utf8'))) === expected ? [] : [staleResults];
}

function keyFacts(results: unknown): string {
  const { journal, exitCode, requirements } = Object(results) as Partial<ReturnType<typeof resultsFrom>>;
  const verdicts = Array.isArray(requirements) ? requirements.map(({ id, verdict }) => [id, verdict]) : requirements;
  return JSON.stringify([journal?.lastLineSha256, exitCode, verdicts]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return undefined;
  }
}
