import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where everything of one run lies. */
export interface RunFolder {
  readonly root: string;
  readonly journal: string;
  readonly evidence: string;
  readonly report: string;
}

export function runFolderAt(root: string): RunFolder {
  return {
    root,
    journal: join(root, 'journal.ndjson'),
    evidence: join(root, 'evidence'),
    report: join(root, 'report'),
  };
}

export function createRunFolder(root: string): RunFolder {
  const folder = runFolderAt(root);
  makeFolder(folder.evidence);
  makeFolder(folder.report);
  return folder;
}

/** Step by step, because the recursive mkdir of Node never returns below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Where nothing was begun there is nothing to keep; what a run made on its target is written down here and stays. */
export function removeUnusedRunFolder({ root, journal, evidence, report }: RunFolder): void {
  if (existsSync(journal)) return;
  for (const path of [evidence, report, root]) if (readdirSync(path).length === 0) rmdirSync(path);
}
