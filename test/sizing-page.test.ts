import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulatedSweep, sizingOptions } from '../load/sizing/simulated-sweep.fixture.ts';
import { sizingFromRuns } from '../load/sizing/sizing-from-runs.ts';
import { sizingPage } from '../reports/sizing/sizing-page.ts';
import { requireParts } from './deployment/tools.ts';
import { axeViolations, chromiumHere, launchChromium, openReport } from './report/browser.ts';

const executable = chromiumHere();
const missing = requireParts({ chromium: executable });
const looks = [320, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe.skipIf(missing !== undefined)(`the sizing in a real browser${missing ? ` (${missing})` : ''}`, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'sizing-page-'));
  const file = join(folder, 'index.html');

  beforeAll(async () => {
    writeFileSync(file, sizingPage(sizingFromRuns(sizingOptions(simulatedSweep()))));
    browser = await launchChromium(executable ?? '');
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test.each(looks)(
    'has no barrier at $width px in $colorScheme colours and never scrolls sideways',
    async ({ width, colorScheme }) => {
      const { page } = await openReport(browser, file, { viewport: { width, height: 800 }, colorScheme });
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
        0,
      );
      await page.close();
    },
  );

  test('nothing drawn leaves its chart', async () => {
    const { page } = await openReport(browser, file);
    const outside = await page.evaluate<string[]>(`[...document.querySelectorAll('svg')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text, path, circle, rect')]
        .filter((drawn) => {
          const box = drawn.getBoundingClientRect();
          return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        })
        .map((drawn) => drawn.outerHTML.slice(0, 80));
    })`);
    expect(outside).toEqual([]);
    await page.close();
  });
});
