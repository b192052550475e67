import { readFileSync } from 'node:fs';
import type { JournalEntry } from '../../core/model/journal-entry.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import { brokenChain, type FolderProblem, notAnEntry, wrongNumber } from '../texts/journal-problems.ts';
import { noEntryBefore, sha256 } from './digest.ts';
import { journalEntryProblems } from './journal-entry-problems.ts';

export interface ReadJournal {
  /** Whole, valid entries up to the first broken line. */
  readonly entries: readonly JournalEntry[];
  /** Empty when the chain is whole. A half-written last line is no problem but `torn`. */
  readonly problems: readonly FolderProblem[];
  /** A crash left a line without its end. */
  readonly torn: boolean;
  /** Of the last whole, valid line. */
  readonly lastLineSha256: string | undefined;
  readonly wholeBytes: number;
}

/**
 * Reads a journal and recomputes its chain. Throws only when the file cannot be read. An altered last line shows only
 * against a digest kept elsewhere: no line follows that would name its own.
 */
export function readJournal(path: string): ReadJournal {
  const bytes = readFileSync(path);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const entries: JournalEntry[] = [];
  let previous = noEntryBefore;
  let problem: FolderProblem | undefined;
  for (const line of linesOf(bytes.subarray(0, wholeBytes))) {
    const read = readLine(line.toString('utf8'), entries.length, previous);
    problem = read.problem;
    if (read.entry === undefined) break;
    entries.push(read.entry);
    previous = sha256(line);
  }
  return {
    entries,
    problems: problem ? [problem] : [],
    torn: wholeBytes < bytes.length,
    lastLineSha256: entries.length > 0 ? previous : undefined,
    wholeBytes,
  };
}

/** As bytes: decoding would make different broken characters equal. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

type ReadLine = { entry: JournalEntry; problem?: never } | { entry?: never; problem: FolderProblem };

function readLine(line: string, index: number, previous: string): ReadLine {
  const value = parsedJson(line);
  const [detail] = journalEntryProblems(value);
  if (detail !== undefined) return { problem: notAnEntry(index + 1, detail) };
  const entry = value as JournalEntry;
  if (entry.number !== index) return { problem: wrongNumber(index + 1, entry.number) };
  if (entry.previous !== previous) return { problem: brokenChain(index + 1) };
  return { entry };
}
