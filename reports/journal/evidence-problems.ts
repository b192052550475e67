import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvidence } from '../../core/model/evidence.ts';
import type { JournalEntry } from '../../core/model/journal-entry.ts';
import { addedEvidence, alteredEvidence, type FolderProblem, missingEvidence } from '../texts/journal-problems.ts';
import { sha256 } from './digest.ts';
import type { RunFolder } from './run-folder.ts';

/** Recomputes the digest of every piece of evidence that the journal names, and names files that it does not. */
export function evidenceProblems(folder: RunFolder, entries: readonly JournalEntry[]): readonly FolderProblem[] {
  const named = new Map(
    entries.flatMap(({ event }) =>
      event.type === 'checkFinished' ? event.evidence.map((item) => [item.file, item] as const) : [],
    ),
  );
  const spoilt = [...named.values()].flatMap((item) => problemOf(folder, item));
  // A kill between storing evidence and its entry leaves a file that nobody added.
  if (!entries.some(({ event }) => event.type === 'runFinished')) return spoilt;
  return [
    ...spoilt,
    ...filesIn(folder)
      .filter((file) => !named.has(file))
      .map(addedEvidence),
  ];
}

function problemOf({ root }: RunFolder, { file, sha256: expected }: StoredEvidence): readonly FolderProblem[] {
  const path = join(root, file);
  if (!existsSync(path)) return [missingEvidence(file)];
  return sha256(readFileSync(path)) === expected ? [] : [alteredEvidence(file)];
}

function filesIn({ evidence }: RunFolder): readonly string[] {
  if (!existsSync(evidence)) return [];
  return readdirSync(evidence)
    .toSorted()
    .map((name) => `evidence/${name}`);
}
