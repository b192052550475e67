import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { Clock } from '../../core/model/clock.ts';
import type { JournalEntry, JournalEvent } from '../../core/model/journal-entry.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import type { FolderProblem } from '../texts/journal-problems.ts';
import { noEntryBefore, sha256 } from './digest.ts';
import { journalEntryProblems } from './journal-entry-problems.ts';
import { type ReadJournal, readJournal } from './read-journal.ts';
import { storageError } from './storage-error.ts';

/**
 * Appends to a run's journal. Every entry is on the disk when `append` returns, and carries the digest of the
 * line before it. Opening an existing journal cuts a line that a crash left half written, and refuses an altered one.
 */
export class JournalWriter implements Disposable {
  readonly #path: string;
  readonly #file: number;
  readonly #clock: Clock;
  #number: number;
  #previous: string;
  #sizeBytes: number;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
    const { file, journal } = openJournal(path);
    this.#file = file;
    this.#number = journal.entries.length;
    this.#previous = journal.lastLineSha256 ?? noEntryBefore;
    this.#sizeBytes = journal.wholeBytes;
  }

  append(event: JournalEvent): JournalEntry {
    const entry: JournalEntry = {
      number: this.#number,
      at: new Date(this.#clock.now()).toISOString(),
      previous: this.#previous,
      event,
    };
    const line = JSON.stringify(entry);
    refuseUnreadable(line, event);
    this.#write(`${line}\n`);
    this.#number += 1;
    this.#previous = sha256(line);
    return entry;
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#file, bytes, written);
      fsyncSync(this.#file);
      this.#sizeBytes += bytes.length;
    } catch (thrown) {
      // A full disk may have taken half a line; the whole lines before it stay readable.
      ftruncateSync(this.#file, this.#sizeBytes);
      throw storageError(this.#path, thrown);
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

function openJournal(path: string): { readonly file: number; readonly journal: ReadJournal } {
  let file: number | undefined;
  try {
    file = openSync(path, 'a+');
    const journal = readJournal(path);
    const [problem] = journal.problems;
    if (problem) throw alteredJournal(path, problem);
    ftruncateSync(file, journal.wholeBytes);
    return { file, journal };
  } catch (thrown) {
    if (file !== undefined) closeSync(file);
    throw thrown instanceof UsageError ? thrown : storageError(path, thrown);
  }
}

const alteredJournal = (path: string, problem: FolderProblem) =>
  new UsageError({
    de: `${path} lässt sich nicht fortsetzen: ${problem.de}; bitte einen neuen Lauf beginnen`,
    en: `${path} cannot be continued: ${problem.en}; begin a new run`,
  });

/** An entry that the reader would not accept must not hide all that follow it. */
function refuseUnreadable(line: string, { type }: JournalEvent): void {
  const [problem] = journalEntryProblems(JSON.parse(line));
  if (problem === undefined) return;
  throw new RigError('defect', {
    de: `Ein Eintrag „${type}“ passt nicht in das Protokoll: ${problem}`,
    en: `an entry ${type} does not fit into the journal: ${problem}`,
  });
}
