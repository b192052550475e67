import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFinished, exampleOutcomes, exampleRunStarted } from '../../core/testing/examples.ts';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/folders.ts';
import { noEntryBefore } from './digest.ts';
import { JournalWriter } from './journal-writer.ts';
import { readJournal } from './read-journal.ts';

let folder: TemporaryFolder;
let original: Buffer;
let lines: readonly string[];

beforeAll(() => {
  folder = createTemporaryFolder();
  const path = join(folder.path, 'original.ndjson');
  {
    using journal = new JournalWriter(path, createFakeClock());
    journal.append(exampleRunStarted);
    for (const [kind, outcome] of Object.entries(exampleOutcomes)) journal.append(checkFinished(kind, outcome));
    journal.append({ type: 'runFinished', durationMs: 1, interrupted: false });
  }
  original = readFileSync(path);
  lines = original.toString().split('\n').slice(0, -1);
});

afterAll(() => folder[Symbol.dispose]());

function read(content: string | Uint8Array) {
  const path = join(folder.path, 'altered.ndjson');
  writeFileSync(path, content);
  return readJournal(path);
}

const joined = (list: readonly string[]) => list.map((line) => `${line}\n`).join('');

describe('readJournal', () => {
  it('finds nothing wrong with what was written', () => {
    expect(read(original)).toMatchObject({ problems: [], torn: false, wholeBytes: original.length });
    expect(read(original).entries).toHaveLength(lines.length);
  });

  it('notices any altered byte before the last line', () => {
    const lastLineAt = original.length - (lines.at(-1)?.length ?? 0) - 1;
    fc.assert(
      fc.property(fc.nat(lastLineAt - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const altered = Buffer.from(original);
        altered[position] = (altered[position] ?? 0) ^ change;
        const { problems, entries } = read(altered);
        expect(problems).toHaveLength(1);
        expect(entries.length).toBeLessThan(lines.length);
      }),
      { numRuns: 500 },
    );
  });

  it('shows an altered last line by another digest, which the report keeps', () => {
    const altered = joined([...lines.slice(0, -1), (lines.at(-1) ?? '').replace('"durationMs":1', '"durationMs":2')]);
    expect(read(altered).problems).toEqual([]);
    expect(read(altered).lastLineSha256).not.toBe(read(original).lastLineSha256);
  });

  it('notices any removed, doubled, or moved line', () => {
    for (let index = 0; index < lines.length - 1; index++) {
      const line = lines[index] ?? '';
      expect(read(joined(lines.toSpliced(index, 1))).problems, `removed ${index}`).toHaveLength(1);
      expect(read(joined(lines.toSpliced(index, 0, line))).problems, `doubled ${index}`).toHaveLength(1);
      expect(read(joined(lines.toSpliced(index, 2, lines[index + 1] ?? '', line))).problems).toHaveLength(1);
    }
  });

  it('notices an inserted line that is a well-formed entry', () => {
    const forged = JSON.stringify({
      ...JSON.parse(lines[1] ?? ''),
      event: checkFinished('forged', exampleOutcomes.passed),
    });
    expect(read(joined(lines.toSpliced(1, 0, forged))).problems[0]?.en).toBe(
      'journal line 3 carries number 1: a line was removed or added',
    );
    expect(read(joined(lines.with(1, forged))).problems[0]?.en).toBe(
      'journal line 3 does not follow the line before it: one of them was altered',
    );
  });

  it.each([
    ['an empty line', ''],
    ['no JSON', 'geheim'],
    ['another JSON', '{"a":1}'],
  ])('notices %s among the entries, without quoting it', (_what, line) => {
    const { problems, entries } = read(joined(lines.toSpliced(2, 0, line)));
    expect(entries).toHaveLength(2);
    expect(problems[0]?.en).toMatch(/^journal line 3 is no journal entry: /);
    expect(problems[0]?.de).toMatch(/^Zeile 3 des Protokolls ist kein gültiger Eintrag/);
    expect(JSON.stringify(problems)).not.toContain('geheim');
  });

  it('keeps all whole lines of a journal that ends anywhere, as after a crash', () => {
    fc.assert(
      fc.property(fc.nat(original.length), (length) => {
        const { problems, torn, entries, wholeBytes } = read(original.subarray(0, length));
        const whole = original.subarray(0, length).toString('latin1').split('\n').length - 1;
        expect(problems).toEqual([]);
        expect(entries).toHaveLength(whole);
        expect(torn).toBe(wholeBytes < length);
      }),
      { numRuns: 300 },
    );
  });

  it('reads an empty journal as one without entries', () => {
    expect(read('')).toEqual({ entries: [], problems: [], torn: false, lastLineSha256: undefined, wholeBytes: 0 });
    expect(noEntryBefore).toBe('0'.repeat(64));
  });
});
