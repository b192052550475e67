import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../core/model/usage-error.ts';
import { loadRun } from './load-run.ts';
import { renderReport } from './render-report.ts';
import { cutLastLine, edit, firstEvidenceOf, useExampleRunFolder } from './testing/example-run.ts';

const run = useExampleRunFolder();

describe('loadRun', () => {
  it('judges a whole run from its folder alone', () => {
    run.write();
    expect(loadRun(run.root)).toMatchObject({
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
    run.write(entries);
    const model = loadRun(run.root);
    expect(model.finished).toBeUndefined();
    expect(model.checks).toHaveLength(checks);
    expect(model.exitCode).toBe(3);
  });

  it('reports on a run whose last line a kill tore', () => {
    run.write(3);
    appendFileSync(run.folder.journal, '{"number":3,"at":');
    expect(loadRun(run.root)).toMatchObject({ journal: { entries: 3, torn: true, problems: [] }, exitCode: 3 });
  });

  it.each([
    ['no folder', () => rmSync(run.root, { recursive: true })],
    ['no journal', () => undefined],
    ['an empty journal', () => writeFileSync(run.folder.journal, '')],
    ['a journal torn in its first line', () => writeFileSync(run.folder.journal, '{"number":0')],
  ])('says what to do where there is %s', (_what, prepare) => {
    prepare();
    expect(() => loadRun(run.root)).toThrow(UsageError);
    expect(() => loadRun(run.root)).toThrow(
      `${run.root} holds no run: there is no readable journal.ndjson in it; name a folder`,
    );
  });

  it('names the reason where the first line is no entry', () => {
    writeFileSync(run.folder.journal, 'hello\n');
    expect(() => loadRun(run.root)).toThrow(
      /holds no run: .* \(journal line 1 is no journal entry: .*\); name a folder/,
    );
  });

  it('releases nothing on evidence that was altered, and names it', () => {
    run.write();
    appendFileSync(join(run.root, firstEvidenceOf(run.root)), 'x');
    const model = loadRun(run.root);
    expect(model.exitCode).toBe(3);
    expect(model.journal.problems).toEqual([expect.stringMatching(/^Der Nachweis evidence\/.* wurde verändert/)]);
  });

  it('names a journal that was cut after its results were written', async () => {
    run.write();
    await renderReport(run.root, loadRun(run.root));
    cutLastLine(run.folder.journal);
    expect(loadRun(run.root).journal.problems).toEqual([
      expect.stringMatching(/^Das Protokoll endet nicht mit der Zeile/),
    ]);
  });

  it('releases nothing on a catalogue that is not the one of the plan', () => {
    run.write();
    edit(join(run.root, 'catalogue.json'), '"open": []', '"open": ["x"]');
    expect(loadRun(run.root).journal.problems).toEqual([
      'catalogue.json ist nicht der Katalog, für den der Plan gemacht wurde',
    ]);
    expect(loadRun(run.root).exitCode).toBe(3);
  });

  it.each([
    ['missing', () => rmSync(join(run.root, 'catalogue.json'))],
    ['half written', () => writeFileSync(join(run.root, 'catalogue.json'), '[{"id"')],
    ['of another kind', () => writeFileSync(join(run.root, 'catalogue.json'), '{"id":1}')],
    ['a list of something else', () => writeFileSync(join(run.root, 'catalogue.json'), '[{"id":"SI-01"}]')],
  ])('judges nothing on a catalogue that is %s', (_what, spoil) => {
    run.write();
    spoil();
    const model = loadRun(run.root);
    expect(model.verdicts).toEqual([]);
    expect(model.exitCode).toBe(3);
    expect(model.journal.problems).toEqual([expect.stringMatching(/^catalogue\.json fehlt oder ist nicht lesbar/)]);
  });

  it('does not take for added what a kill left between evidence and its entry', () => {
    run.write(2);
    expect(loadRun(run.root).journal.problems).toEqual([]);
  });
});

describe('renderReport', () => {
  it('writes every format, and the same bytes each time', async () => {
    run.write();
    const files = await renderReport(run.root, loadRun(run.root));
    expect(files.map((file) => file.slice(run.root.length))).toEqual([
      '/report/index.html',
      '/report/results.json',
      '/report/junit.xml',
    ]);
    const before = files.map((file) => readFileSync(file, 'utf8'));
    await renderReport(run.root, loadRun(run.root));
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });

  it('writes only what is asked for', async () => {
    run.write();
    expect(await renderReport(run.root, loadRun(run.root), ['junit'])).toHaveLength(1);
    expect(existsSync(join(run.folder.report, 'index.html'))).toBe(false);
  });

  it('names the known formats for an unknown one', async () => {
    run.write();
    await expect(renderReport(run.root, loadRun(run.root), ['html', 'docx'])).rejects.toThrow(
      'unknown format docx; known are html, json, junit',
    );
  });

  it.each(['html', 'json', 'junit'])('renders a run without plan and catalogue as %s', async (format) => {
    run.write(1);
    rmSync(join(run.root, 'catalogue.json'));
    const [file = ''] = await renderReport(run.root, loadRun(run.root), [format]);
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(50);
  });
});
