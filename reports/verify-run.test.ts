import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunFolder, type RunFolder } from './journal/run-folder.ts';
import { loadRun } from './load-run.ts';
import { renderReport } from './render-report.ts';
import { cutLastLine, edit, firstEvidenceOf, writeExampleRun } from './testing/example-run.ts';
import { createTemporaryFolder, type TemporaryFolder } from './testing/folders.ts';
import { verifyRun } from './verify-run.ts';

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
      () => writeFileSync(join(root, firstEvidenceOf(root)), '[1]'),
      /^Der Nachweis evidence\/.* wurde verändert/,
    ],
    [
      'evidence that was added',
      () => writeFileSync(join(folder.evidence, 'later.png'), 'x'),
      /^Die Datei evidence\/later\.png steht nicht im Protokoll/,
    ],
    ['missing evidence', () => rmSync(join(root, firstEvidenceOf(root))), /^Der Nachweis evidence\/.* fehlt$/],
    ['an altered catalogue', () => edit(join(root, 'catalogue.json'), 'DSGVO', 'BDSG'), /^catalogue\.json ist nicht/],
    [
      'an altered last line',
      () => edit(folder.journal, '"durationMs":5', '"durationMs":6'),
      /^Das Protokoll endet nicht mit der Zeile, die report\/results\.json nennt/,
    ],
    [
      'a removed last line',
      () => cutLastLine(folder.journal),
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
    cutLastLine(folder.journal);
    await renderReport(root, loadRun(root));
    expect(verifyRun(root)).toMatchObject({ ok: false, complete: false });
  });
});
