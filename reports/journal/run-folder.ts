import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

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
  mkdirSync(folder.evidence, { recursive: true });
  mkdirSync(folder.report, { recursive: true });
  return folder;
}
