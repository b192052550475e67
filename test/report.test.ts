// The golden report: what renderers make of one fixed run lies in test/golden, so that every change of a report shows
// in review. After a wanted change, write it again with `npx node test/report/refresh-golden.ts` and read the diff.
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRun } from '../reports/load-run.ts';
import { htmlRenderer } from '../reports/renderers/html.renderer.ts';
import { jsonRenderer } from '../reports/renderers/json.renderer.ts';
import { junitRenderer } from '../reports/renderers/junit.renderer.ts';
import { verifyRun } from '../reports/verify-run.ts';
import resultsSchema from '../schemas/suite/results.schema.json' with { type: 'json' };
import { createValidator } from '../schemas/validator.ts';
import { writeGoldenRun } from './report/golden-run.ts';

const golden = join(import.meta.dirname, 'golden/run');
const filesIn = (folder: string) => globSync('**/*.*', { cwd: folder }).toSorted();

describe('the golden run', () => {
  let fresh: string;

  beforeAll(async () => {
    fresh = mkdtempSync(join(tmpdir(), 'golden-'));
    await writeGoldenRun(fresh);
  });

  afterAll(() => rmSync(fresh, { recursive: true, force: true }));

  it('consists of the same files when written again', () => {
    expect(filesIn(fresh)).toEqual(filesIn(golden));
  });

  it.each(filesIn(golden))('has the same bytes in %s when written again', (file) => {
    const [now, before] = [readFileSync(join(fresh, file)), readFileSync(join(golden, file))];
    if (!file.endsWith('.png')) expect(now.toString()).toBe(before.toString());
    expect(now.equals(before)).toBe(true);
  });

  it('verifies as unaltered', () => {
    expect(verifyRun(golden)).toEqual({
      ok: true,
      complete: true,
      files: 4,
      entries: 26,
      signature: 'absent',
      problems: [],
    });
  });
});

describe('a report rendered from the kept run', () => {
  const model = loadRun(golden);

  it.each([htmlRenderer, jsonRenderer, junitRenderer])('gives the same $file', ({ file, render }) => {
    expect(render(model)).toBe(readFileSync(join(golden, 'report', file), 'utf8'));
  });

  it('fits its schema', () => {
    expect(createValidator(resultsSchema)(JSON.parse(jsonRenderer.render(model)))).toEqual([]);
  });

  it('covers every verdict a run can give, every outcome and every reason', () => {
    const reasons = model.verdicts.flatMap(({ verdict }) => verdict.reasons.map(({ kind }) => kind));
    expect(model.verdictCounts).toEqual({ met: 2, violated: 4, notAssessed: 7, notApplicable: 1, accepted: 0 });
    expect(model.outcomeCounts).toEqual({ passed: 4, failed: 3, notApplicable: 2, inconclusive: 2, rigFault: 1 });
    expect(model.checks.filter(({ outcome }) => outcome === undefined)).toHaveLength(1);
    expect([...new Set(reasons)].toSorted()).toEqual([
      'finding',
      'humanEvidenceMissing',
      'inconclusive',
      'noCheck',
      'notApplicable',
      'notRun',
      'open',
      'rigFault',
    ]);
  });

  it.each([htmlRenderer, junitRenderer])('lets no acting character through into $file', ({ render }) => {
    expect(
      render(model)
        .match(/[\p{Cc}\u200B\u202A-\u202E\u2066-\u2069]/gu)
        ?.filter((found) => found !== '\n') ?? [],
    ).toEqual([]);
  });
});
