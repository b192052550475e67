import { readFileSync } from 'node:fs';
import type { JournalEntry } from '../../core/model/journal-entry.ts';
import { sha256 } from './digest.ts';
import { journalEntryProblems } from './journal-entry-problems.ts';

export interface ReadJournal {
  /** Whole, valid entries up to the first broken line. */
  readonly entries: readonly JournalEntry[];
  /** English one-liners, empty when the chain is whole. A half-written last line is no problem but `torn`. */
  readonly problems: readonly string[];
  /** A crash left a line without its end. */
  readonly torn: boolean;
  readonly lastLineSha256: string | undefined;
  readonly wholeBytes: number;
}

/** Reads a journal and recomputes its chain. Throws only when the file cannot be read. */
export function readJournal(path: string): ReadJournal {
  const bytes = readFileSync(path);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  const entries: JournalEntry[] = [];
  let previous = '0'.repeat(64);
  for (const line of lines) {
    const { entry, problem } = readLine(line, entries.length, previous);
    if (entry === undefined) {
      return { entries, problems: [problem], torn: false, lastLineSha256: previous, wholeBytes };
    }
    entries.push(entry);
    previous = sha256(line);
  }
  const lastLineSha256 = entries.length > 0 ? previous : undefined;
  return { entries, problems: [], torn: wholeBytes < bytes.length, lastLineSha256, wholeBytes };
}

type ReadLine = { entry: JournalEntry; problem?: never } | { entry?: never; problem: string };

function readLine(line: string, number: number, previous: string): ReadLine {
  const where = `journal line ${number + 1}`;
  const value = parse(line);
  const [problem] = journalEntryProblems(value);
  if (problem !== undefined) return { problem: `${where} is no journal entry: ${problem}` };
  const entry = value as JournalEntry;
  if (entry.number !== number)
    return { problem: `${where} carries number ${entry.number}: a line was removed or added` };
  if (entry.previous !== previous)
    return { problem: `${where} does not follow the line before it: one of them was altered` };
  return { entry };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
