import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../core/model/journal-entry.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import {
  checkFinished,
  exampleOutcomes,
  exampleRunStarted,
  plannedCheck,
  planWritten,
} from '../../core/testing/examples.ts';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { createTemporaryFolder, mountSmallDisk, smallDiskMissing, type TemporaryFolder } from '../testing/folders.ts';
import { noEntryBefore, sha256 } from './digest.ts';
import { JournalWriter } from './journal-writer.ts';
import { readJournal } from './read-journal.ts';

let folder: TemporaryFolder;
let path: string;
const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));

beforeEach(() => {
  folder = createTemporaryFolder();
  path = join(folder.path, 'journal.ndjson');
});

afterEach(() => folder[Symbol.dispose]());

const finished: JournalEvent = { type: 'runFinished', durationMs: 10, interrupted: false };

function write(...events: readonly JournalEvent[]): void {
  using journal = new JournalWriter(path, clock);
  for (const event of events) journal.append(event);
}

describe('JournalWriter', () => {
  it('chains every entry to the line before it', () => {
    write(exampleRunStarted, planWritten(plannedCheck('a', ['SI-01'])), finished);
    const lines = readFileSync(path, 'utf8').split('\n');
    const entries = lines.slice(0, -1).map((line) => JSON.parse(line));
    expect(entries.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(entries.map(({ previous }) => previous)).toEqual([
      noEntryBefore,
      sha256(lines[0] ?? ''),
      sha256(lines[1] ?? ''),
    ]);
    expect(entries[0]).toMatchObject({ at: '2026-11-23T09:00:00.000Z', event: exampleRunStarted });
  });

  it('has an entry on the disk when append returns', () => {
    using journal = new JournalWriter(path, clock);
    const entry = journal.append(exampleRunStarted);
    expect(readJournal(path).entries).toEqual([entry]);
  });

  it('continues the chain of a journal it opens again', () => {
    write(exampleRunStarted);
    write(finished);
    expect(readJournal(path)).toMatchObject({ problems: [], torn: false });
    expect(readJournal(path).entries.map(({ event }) => event.type)).toEqual(['runStarted', 'runFinished']);
  });

  it('cuts a line that a crash left half written, and goes on after the last whole one', () => {
    write(exampleRunStarted);
    appendFileSync(path, '{"number":1,"at":"2026-11-23T09:0');
    write(finished);
    expect(readJournal(path)).toMatchObject({ problems: [], torn: false });
    expect(readJournal(path).entries).toHaveLength(2);
  });

  it('refuses to continue an altered journal and leaves it as it is', () => {
    write(exampleRunStarted, finished);
    const altered = readFileSync(path, 'utf8').replace('"seed":1', '"seed":2');
    writeFileSync(path, altered);
    expect(() => new JournalWriter(path, clock)).toThrow(UsageError);
    expect(() => new JournalWriter(path, clock)).toThrow(/cannot be continued: journal line 2 does not follow/);
    expect(readFileSync(path, 'utf8')).toBe(altered);
  });

  it('refuses an entry that the reader would not accept, and stays usable', () => {
    using journal = new JournalWriter(path, clock);
    journal.append(exampleRunStarted);
    const hole = checkFinished('a', {
      kind: 'passed',
      observed: 'gut',
      measurements: { figures: { p95Ms: Number.NaN } },
    });
    expect(() => journal.append(hole)).toThrow(RigError);
    journal.append(finished);
    expect(readJournal(path)).toMatchObject({ problems: [], torn: false });
    expect(readJournal(path).entries).toHaveLength(2);
  });

  it('keeps every character a target may answer', () => {
    const observed = 'Zeile\nzwei\u0000\u2028\u202E😀 \uD800 "}';
    write(exampleRunStarted, checkFinished('a', { kind: 'passed', observed }));
    const { entries, problems } = readJournal(path);
    expect(problems).toEqual([]);
    expect(entries[1]?.event).toMatchObject({ outcome: { observed } });
  });

  it('says in one line that the folder does not exist', () => {
    expect(() => new JournalWriter(join(folder.path, 'nowhere', 'journal.ndjson'), clock)).toThrow(
      /^cannot write .*journal\.ndjson \(ENOENT\): /,
    );
  });
});

const missing = smallDiskMissing();

describe.skipIf(missing !== undefined)(
  `JournalWriter on a small disk${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    it('keeps every whole entry when the disk fills up, says so, and goes on once there is space', () => {
      using disk = mountSmallDisk(64) ?? never();
      const journalPath = join(disk.path, 'journal.ndjson');
      using journal = new JournalWriter(journalPath, clock);
      journal.append(exampleRunStarted);
      const failure = fillUp(journal);
      expect(failure).toMatchObject({ code: 'storage' });
      expect(failure.message).toMatch(/\(ENOSPC\): the disk is full; free some space/);
      expect(failure.text).toMatchObject({ de: expect.stringContaining('Der Datenträger ist voll') });
      const kept = readJournal(journalPath);
      expect(kept).toMatchObject({ problems: [], torn: false });
      expect(kept.entries.length).toBeGreaterThan(5);
      journal.append(finished);
      expect(readJournal(journalPath).entries).toHaveLength(kept.entries.length + 1);
    });

    it('says that a folder is read-only', () => {
      using disk = mountSmallDisk(64) ?? never();
      disk.makeReadOnly();
      const journalPath = join(disk.path, 'journal.ndjson');
      expect(() => new JournalWriter(journalPath, clock)).toThrow(/\(EROFS\): the file system is read-only/);
      expect(existsSync(journalPath)).toBe(false);
    });
  },
);

function fillUp(journal: JournalWriter): RigError {
  const filler = { kind: 'passed', observed: 'x'.repeat(3000) } as const;
  for (let attempt = 1; attempt < 1000; attempt++) {
    try {
      journal.append(checkFinished('a', filler, attempt));
    } catch (thrown) {
      if (thrown instanceof RigError) return thrown;
      throw thrown;
    }
  }
  throw new Error('the disk never filled up');
}

function never(): never {
  throw new Error('no small disk');
}

it('knows an example of every outcome to write', () => {
  const outcomes = Object.entries(exampleOutcomes);
  write(exampleRunStarted, ...outcomes.map(([kind, outcome]) => checkFinished(kind, outcome)));
  expect(readJournal(path).entries).toHaveLength(outcomes.length + 1);
});
