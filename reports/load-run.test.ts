import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../core/model/usage-error.ts';
import { createRunFolder, type RunFolder } from './journal/run-folder.ts';
import { loadRun } from './load-run.ts';
import { renderReport } from './render-report.ts';
import { cutLastLine, edit, firstEvidenceOf, writeExampleRun } from './testing/example-run.ts';
import { createTemporaryFolder, type TemporaryFolder } from './testing/folders.ts';

let temporary: TemporaryFolder;
let root: string;
let folder: RunFolder;

beforeEach(() => {
  temporary = createTemporaryFolder();
  root = join(temporary.path, 'run');
  folder = createRunFolder(root);
});

afterEach(() => temporary[Symbol.dispose]());

const writeRun = (stopAfter?: number) => writeExampleRun(folder, stopAfter);

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
    appendFileSync(join(root, firstEvidenceOf(root)), 'x');
    const model = loadRun(root);
    expect(model.exitCode).toBe(3);
    expect(model.journal.problems).toEqual([expect.stringMatching(/^Der Nachweis evidence\/.* wurde verändert/)]);
  });

  it('names a journal that was cut after its results were written', async () => {
    writeRun();
    await renderReport(root, loadRun(root));
    cutLastLine(folder.journal);
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
