import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { Clock } from '../../core/model/clock.ts';
import type { JournalEntry, JournalEvent } from '../../core/model/journal-entry.ts';
import { sha256 } from './digest.ts';
import { readJournal } from './read-journal.ts';
import { storageError } from './storage-error.ts';

export const noEntryBefore = '0'.repeat(64);

/**
 * Appends to a run's journal. Every entry is on the disk when `append` returns, and carries the digest of the
 * line before it. Opening an existing journal cuts a line that a crash left half written.
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
    try {
      this.#file = openSync(path, 'a+');
      const { entries, lastLineSha256, wholeBytes } = readJournal(path);
      this.#number = entries.length;
      this.#previous = lastLineSha256 ?? noEntryBefore;
      this.#sizeBytes = wholeBytes;
      ftruncateSync(this.#file, wholeBytes);
    } catch (thrown) {
      throw storageError(path, thrown);
    }
  }

  append(event: JournalEvent): JournalEntry {
    const entry: JournalEntry = {
      number: this.#number,
      at: new Date(this.#clock.now()).toISOString(),
      previous: this.#previous,
      event,
    };
    const line = JSON.stringify(entry);
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
