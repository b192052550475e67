import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvidence } from '../core/model/evidence.ts';
import { sha256 } from './journal/digest.ts';
import { loadRun } from './load-run.ts';

export interface Verification {
  readonly ok: boolean;
  readonly files: number;
  readonly entries: number;
  readonly signature: 'valid' | 'absent' | 'invalid';
  /** English one-liners. */
  readonly problems: readonly string[];
}

/** Recomputes everything a run folder claims about itself. */
export function verifyRun(root: string): Verification {
  const { journal, checks } = loadRun(root);
  const evidence = new Map(checks.flatMap((check) => check.evidence.map((item) => [item.file, item])));
  const problems = [...journal.problems, ...[...evidence.values()].flatMap((item) => evidenceProblems(root, item))];
  return { ok: problems.length === 0, files: evidence.size, entries: journal.entries, signature: 'absent', problems };
}

function evidenceProblems(root: string, { file, sha256: expected }: StoredEvidence): readonly string[] {
  const path = join(root, file);
  if (!existsSync(path)) return [`${file} is missing`];
  return sha256(readFileSync(path)) === expected
    ? []
    : [`${file} was altered: its digest is not the one in the journal`];
}
