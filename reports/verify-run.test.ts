import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRun } from './load-run.ts';
import { renderReport } from './render-report.ts';
import { cutLastLine, edit, firstEvidenceOf, useExampleRunFolder } from './testing/example-run.ts';
import { verifyRun } from './verify-run.ts';

const run = useExampleRunFolder();

describe('verifyRun', () => {
  it('finds a whole run unaltered, before and after its report', async () => {
    run.write();
    expect(verifyRun(run.root)).toEqual({
      ok: true,
      complete: true,
      files: 1,
      entries: 4,
      signature: 'absent',
      problems: [],
    });
    await renderReport(run.root, loadRun(run.root));
    expect(verifyRun(run.root).ok).toBe(true);
  });

  it.each([
    [
      'an altered line',
      () => edit(run.folder.journal, '"seed":1', '"seed":2'),
      /^Zeile 2 des Protokolls schließt nicht an/,
    ],
    [
      'altered evidence',
      () => writeFileSync(join(run.root, firstEvidenceOf(run.root)), '[1]'),
      /^Der Nachweis evidence\/.* wurde verändert/,
    ],
    [
      'evidence that was added',
      () => writeFileSync(join(run.folder.evidence, 'later.png'), 'x'),
      /^Die Datei evidence\/later\.png steht nicht im Protokoll/,
    ],
    ['missing evidence', () => rmSync(join(run.root, firstEvidenceOf(run.root))), /^Der Nachweis evidence\/.* fehlt$/],
    [
      'an altered catalogue',
      () => edit(join(run.root, 'catalogue.json'), 'DSGVO', 'BDSG'),
      /^catalogue\.json ist nicht/,
    ],
    [
      'an altered last line',
      () => edit(run.folder.journal, '"durationMs":5', '"durationMs":6'),
      /^Das Protokoll endet nicht mit der Zeile, die report\/results\.json nennt/,
    ],
    [
      'a removed last line',
      () => cutLastLine(run.folder.journal),
      /^Das Protokoll endet nicht mit der Zeile, die report\/results\.json nennt/,
    ],
    [
      'a verdict altered by hand',
      () => edit(join(run.folder.report, 'results.json'), '"verdict": "met"', '"verdict": "violated"'),
      /^report\/results\.json gehört/,
    ],
    [
      'results that are no JSON',
      () => writeFileSync(join(run.folder.report, 'results.json'), 'x'),
      /^report\/results\.json gehört/,
    ],
  ])('finds %s', async (_what, spoil, problem) => {
    run.write();
    await renderReport(run.root, loadRun(run.root));
    spoil();
    const { ok, problems } = verifyRun(run.root);
    expect(ok).toBe(false);
    expect(problems[0]).toMatch(problem);
  });
});

describe('verifyRun on a journal without its end', () => {
  it.each([
    ['before its report', async () => undefined],
    ['after its report', async () => renderReport(run.root, loadRun(run.root))],
  ])('says that the run has no end, %s', async (_when, prepare) => {
    run.write(3);
    await prepare();
    expect(verifyRun(run.root)).toMatchObject({
      ok: false,
      complete: false,
      problems: [expect.stringMatching(/^Der Lauf hat kein Ende/)],
    });
  });

  it('still says so after the report of a cut journal was rendered again', async () => {
    run.write();
    await renderReport(run.root, loadRun(run.root));
    cutLastLine(run.folder.journal);
    await renderReport(run.root, loadRun(run.root));
    expect(verifyRun(run.root)).toMatchObject({ ok: false, complete: false });
  });
});
