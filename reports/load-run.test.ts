import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../core/model/usage-error.ts';
import {
  automaticRequirement,
  checkFinished,
  exampleOutcomes,
  exampleRunStarted,
  plannedCheck,
  planWritten,
} from '../core/testing/examples.ts';
import { createFakeClock } from '../core/testing/fake-clock.ts';
import { storeEvidence } from './journal/evidence-store.ts';
import { JournalWriter } from './journal/journal-writer.ts';
import { createRunFolder, type RunFolder } from './journal/run-folder.ts';
import { keepCatalogue, loadRun } from './load-run.ts';
import { renderReport } from './render-report.ts';
import { createTemporaryFolder, type TemporaryFolder } from './testing/folders.ts';
import { verifyRun } from './verify-run.ts';

const requirements = [automaticRequirement('SI-01')];
let temporary: TemporaryFolder;
let root: string;
let folder: RunFolder;

beforeEach(() => {
  temporary = createTemporaryFolder();
  root = join(temporary.path, 'run');
  folder = createRunFolder(root);
});

afterEach(() => temporary[Symbol.dispose]());

/** A run with one check that passed and left evidence; `stopAfter` breaks it off as a kill would. */
function writeRun(stopAfter = 4): void {
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

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

const lastLineOf = (path: string) => `${readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)}\n`;

const evidenceFile = () => loadRun(root).checks[0]?.evidence[0]?.file ?? 'none';

describe('loadRun', () => {
  it('judges a whole run from its folder alone', () => {
    writeRun();
    expect(loadRun(root)).toMatchObject({
      exitCode: 0,
      verdictCounts: { met: 1 },
      journal: { entries: 4, problems: [] },
    });
  });

  it.each([
    [1, 0],
    [2, 1],
    [3, 1],
  ])('reports on a run broken off after %i entries, and releases nothing', (entries, checks) => {
    writeRun(entries);
    const model = loadRun(root);
    expect(model.finished).toBeUndefined();
    expect(model.checks).toHaveLength(checks);
    expect(model.exitCode).toBe(3);
  });

  it('reports on a run whose last line a kill tore', () => {
    writeRun(3);
    appendFileSync(folder.journal, '{"number":3,"at":');
    expect(loadRun(root)).toMatchObject({ journal: { entries: 3, torn: true, problems: [] }, exitCode: 3 });
  });

  it.each([
    ['no folder', () => rmSync(root, { recursive: true })],
    ['no journal', () => undefined],
    ['an empty journal', () => writeFileSync(folder.journal, '')],
    ['a journal torn in its first line', () => writeFileSync(folder.journal, '{"number":0')],
  ])('says what to do where there is %s', (_what, prepare) => {
    prepare();
    expect(() => loadRun(root)).toThrow(UsageError);
    expect(() => loadRun(root)).toThrow(
      `${root} holds no run: there is no readable journal.ndjson in it; name a folder`,
    );
  });

  it('names the reason where the first line is no entry', () => {
    writeFileSync(folder.journal, 'hello\n');
    expect(() => loadRun(root)).toThrow(/holds no run: .* \(journal line 1 is no journal entry: .*\); name a folder/);
  });

  it('releases nothing on evidence that was altered, and names it', () => {
    writeRun();
    appendFileSync(join(root, evidenceFile()), 'x');
    const model = loadRun(root);
    expect(model.exitCode).toBe(3);
    expect(model.journal.problems).toEqual([expect.stringMatching(/^Der Nachweis evidence\/.* wurde verändert/)]);
  });

  it('names a journal that was cut after its results were written', async () => {
    writeRun();
    await renderReport(root, loadRun(root));
    edit(folder.journal, lastLineOf(folder.journal), '');
    expect(loadRun(root).journal.problems).toEqual([expect.stringMatching(/^Das Protokoll endet nicht mit der Zeile/)]);
  });

  it('releases nothing on a catalogue that is not the one of the plan', () => {
    writeRun();
    edit(join(root, 'catalogue.json'), '"open": []', '"open": ["x"]');
    expect(loadRun(root).journal.problems).toEqual([
      'catalogue.json ist nicht der Katalog, für den der Plan gemacht wurde',
    ]);
    expect(loadRun(root).exitCode).toBe(3);
  });

  it.each([
    ['missing', () => rmSync(join(root, 'catalogue.json'))],
    ['half written', () => writeFileSync(join(root, 'catalogue.json'), '[{"id"')],
    ['of another kind', () => writeFileSync(join(root, 'catalogue.json'), '{"id":1}')],
    ['a list of something else', () => writeFileSync(join(root, 'catalogue.json'), '[{"id":"SI-01"}]')],
  ])('judges nothing on a catalogue that is %s', (_what, spoil) => {
    writeRun();
    spoil();
    const model = loadRun(root);
    expect(model.verdicts).toEqual([]);
    expect(model.exitCode).toBe(3);
    expect(model.journal.problems).toEqual([expect.stringMatching(/^catalogue\.json fehlt oder ist nicht lesbar/)]);
  });
});

describe('verifyRun', () => {
  it('finds a whole run unaltered, before and after its report', async () => {
    writeRun();
    expect(verifyRun(root)).toEqual({
      ok: true,
      complete: true,
      files: 1,
      entries: 4,
      signature: 'absent',
      problems: [],
    });
    await renderReport(root, loadRun(root));
    expect(verifyRun(root).ok).toBe(true);
  });

  it.each([
    [
      'an altered line',
      () => edit(folder.journal, '"seed":1', '"seed":2'),
      /^Zeile 2 des Protokolls schließt nicht an/,
    ],
    [
      'altered evidence',
      () => writeFileSync(join(root, evidenceFile()), '[1]'),
      /^Der Nachweis evidence\/.* wurde verändert/,
    ],
    [
      'evidence that was added',
      () => writeFileSync(join(folder.evidence, 'later.png'), 'x'),
      /^Die Datei evidence\/later\.png steht nicht im Protokoll/,
    ],
    ['missing evidence', () => rmSync(join(root, evidenceFile())), /^Der Nachweis evidence\/.* fehlt$/],
    ['an altered catalogue', () => edit(join(root, 'catalogue.json'), 'DSGVO', 'BDSG'), /^catalogue\.json ist nicht/],
    [
      'an altered last line',
      () => edit(folder.journal, '"durationMs":5', '"durationMs":6'),
      /^Das Protokoll endet nicht mit der Zeile, die report\/results\.json nennt/,
    ],
    [
      'a removed last line',
      () => edit(folder.journal, lastLineOf(folder.journal), ''),
      /^Das Protokoll endet nicht mit der Zeile, die report\/results\.json nennt/,
    ],
    [
      'a verdict altered by hand',
      () => edit(join(folder.report, 'results.json'), '"verdict": "met"', '"verdict": "violated"'),
      /^report\/results\.json gehört/,
    ],
    [
      'results that are no JSON',
      () => writeFileSync(join(folder.report, 'results.json'), 'x'),
      /^report\/results\.json gehört/,
    ],
  ])('finds %s', async (_what, spoil, problem) => {
    writeRun();
    await renderReport(root, loadRun(root));
    spoil();
    const { ok, problems } = verifyRun(root);
    expect(ok).toBe(false);
    expect(problems[0]).toMatch(problem);
  });
});

describe('verifyRun on a journal without its end', () => {
  it.each([
    ['before its report', async () => undefined],
    ['after its report', async () => renderReport(root, loadRun(root))],
  ])('says that the run has no end, %s', async (_when, prepare) => {
    writeRun(3);
    await prepare();
    expect(verifyRun(root)).toMatchObject({
      ok: false,
      complete: false,
      problems: [expect.stringMatching(/^Der Lauf hat kein Ende/)],
    });
  });

  it('still says so after the report of a cut journal was rendered again', async () => {
    writeRun();
    await renderReport(root, loadRun(root));
    edit(folder.journal, lastLineOf(folder.journal), '');
    await renderReport(root, loadRun(root));
    expect(verifyRun(root)).toMatchObject({ ok: false, complete: false });
  });

  it('does not take for added what a kill left between evidence and its entry', () => {
    writeRun(2);
    expect(loadRun(root).journal.problems).toEqual([]);
  });
});

describe('renderReport', () => {
  it('writes every format, and the same bytes each time', async () => {
    writeRun();
    const files = await renderReport(root, loadRun(root));
    expect(files.map((file) => file.slice(root.length))).toEqual([
      '/report/index.html',
      '/report/results.json',
      '/report/junit.xml',
    ]);
    const before = files.map((file) => readFileSync(file, 'utf8'));
    await renderReport(root, loadRun(root));
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });

  it('writes only what is asked for', async () => {
    writeRun();
    expect(await renderReport(root, loadRun(root), ['junit'])).toHaveLength(1);
    expect(existsSync(join(folder.report, 'index.html'))).toBe(false);
  });

  it('names the known formats for an unknown one', async () => {
    writeRun();
    await expect(renderReport(root, loadRun(root), ['html', 'docx'])).rejects.toThrow(
      'unknown format docx; known are html, json, junit',
    );
  });

  it.each(['html', 'json', 'junit'])('renders a run without plan and catalogue as %s', async (format) => {
    writeRun(1);
    rmSync(join(root, 'catalogue.json'));
    const [file = ''] = await renderReport(root, loadRun(root), [format]);
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(50);
  });
});
