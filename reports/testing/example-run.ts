import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import {
  automaticRequirement,
  checkFinished,
  exampleOutcomes,
  exampleRunStarted,
  plannedCheck,
  planWritten,
} from '../../core/testing/examples.ts';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { storeEvidence } from '../journal/evidence-store.ts';
import { JournalWriter } from '../journal/journal-writer.ts';
import { createRunFolder, type RunFolder } from '../journal/run-folder.ts';
import { keepCatalogue, loadRun } from '../load-run.ts';
import { createTemporaryFolder, type TemporaryFolder } from './folders.ts';

const requirements = [automaticRequirement('SI-01')];

/** A run with one check that passed and left evidence; `stopAfter` breaks it off as a kill would. */
function writeExampleRun(folder: RunFolder, stopAfter = 4): void {
  using journal = new JournalWriter(folder.journal, createFakeClock());
  const catalogueSha256 = keepCatalogue(folder, requirements);
  const evidence = [
    storeEvidence(folder.evidence, { name: 'Mitschnitt', mediaType: 'application/json', content: '[]' }),
  ];
  const events = [
    exampleRunStarted,
    { ...planWritten(plannedCheck('a', ['SI-01'])), catalogueSha256 },
    { ...checkFinished('a', exampleOutcomes.passed), evidence },
    { type: 'runFinished', durationMs: 5, interrupted: false } as const,
  ];
  for (const event of events.slice(0, stopAfter)) journal.append(event);
}

export interface ExampleRunFolder {
  readonly root: string;
  readonly folder: RunFolder;
  write(stopAfter?: number): void;
}

/** A run folder of its own for every test of the file; what it returns is that of the test under way. */
export function useExampleRunFolder(): ExampleRunFolder {
  let temporary: TemporaryFolder;
  let folder: RunFolder;
  beforeEach(() => {
    temporary = createTemporaryFolder();
    folder = createRunFolder(join(temporary.path, 'run'));
  });
  afterEach(() => temporary[Symbol.dispose]());
  return {
    get root() {
      return folder.root;
    },
    get folder() {
      return folder;
    },
    write: (stopAfter) => writeExampleRun(folder, stopAfter),
  };
}

export function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`);
  writeFileSync(path, text.replace(from, to));
}

export function cutLastLine(path: string): void {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
}

export const firstEvidenceOf = (root: string): string => loadRun(root).checks[0]?.evidence[0]?.file ?? 'none';
