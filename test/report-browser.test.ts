import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireParts } from './deployment/tools.ts';
import { axeViolations, chromiumHere, launchChromium, openAllDetails, openReport } from './report/browser.ts';

const executable = chromiumHere();
const missing = requireParts({ chromium: executable });
const report = join(import.meta.dirname, 'golden/run/report/index.html');
const junit = join(import.meta.dirname, 'golden/run/report/junit.xml');

const looks = [320, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe.skipIf(missing !== undefined)(`the report in a real browser${missing ? ` (${missing})` : ''}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
  });

  afterAll(() => browser?.close());

  const open = (options: Parameters<typeof openReport>[2] = {}) => openReport(browser, report, options);

  it.each(looks)(
    'has no barrier that axe finds at $width px in $colorScheme colours',
    async ({ width, colorScheme }) => {
      const { page } = await open({ viewport: { width, height: 800 }, colorScheme });
      await openAllDetails(page);
      expect(await axeViolations(page)).toEqual([]);
      await page.close();
    },
  );

  it('would show a barrier, were there one', async () => {
    const { page } = await open();
    await page.evaluate('document.images[0].removeAttribute("alt"); document.querySelector("h1").style.color = "#eee"');
    const rules = (await axeViolations(page)).map((line) => line.split(':')[0]);
    expect(rules).toEqual(expect.arrayContaining(['color-contrast', 'image-alt']));
    await page.close();
  });

  it.each([320, 390, 1280])('never scrolls sideways at %i px, folded or not', async (width) => {
    const { page } = await open({ viewport: { width, height: 800 } });
    const overhang = () =>
      page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(await overhang()).toBe(0);
    await openAllDetails(page);
    expect(await overhang()).toBe(0);
    await page.close();
  });

  it('shows the consequence of every absent part on a phone, each cell below the other', async () => {
    const { page } = await open({ viewport: { width: 390, height: 800 } });
    const cells = page.locator('#fehlt + .scroll tbody tr').first().locator('th, td');
    const boxes = await Promise.all([0, 1, 2].map((index) => cells.nth(index).boundingBox()));
    const rights = boxes.map((box) => (box?.x ?? Number.NaN) + (box?.width ?? Number.NaN));
    expect(Math.max(...rights)).toBeLessThanOrEqual(390);
    const [first, second, third] = boxes.map((box) => box?.y ?? Number.NaN);
    expect([second, third].toSorted()).toEqual([second, third]);
    expect(second).toBeGreaterThan(first ?? Number.NaN);
    expect(third).toBeGreaterThan(second ?? Number.NaN);
    await page.close();
  });

  it('loads its picture and nothing else, runs no script, and leaves nothing for the browser to refuse', async () => {
    const { page, complaints } = await open();
    expect(await page.evaluate('document.images.length')).toBe(1);
    expect(await page.evaluate('document.images[0].naturalWidth')).toBe(160);
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    expect(
      await page.evaluate('document.querySelectorAll("script, iframe, object, embed, form, base, link").length'),
    ).toBe(0);
    const handlers =
      '[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter((a) => /^on/i.test(a.name)).length';
    expect(await page.evaluate(handlers)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('links only into itself, to the files beside it, and to https addresses', async () => {
    const { page } = await open();
    const links = await page.evaluate<string[]>(
      '[...document.querySelectorAll("a")].map((a) => a.getAttribute("href"))',
    );
    expect(links.filter((href) => !/^(#|\.\.\/|https:\/\/|results\.json$)/.test(href))).toEqual([]);
    const dangling =
      'new Set([...document.querySelectorAll("a[href^=\'#\']")].map((a) => a.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id))).size';
    expect(await page.evaluate(dangling)).toBe(0);
    const ids = await page.evaluate<string[]>('[...document.querySelectorAll("[id]")].map((e) => e.id)');
    expect(new Set(ids).size).toBe(ids.length);
    await page.close();
  });

  it('refuses a script and a style that got into it all the same', async () => {
    const { page, complaints } = await open();
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title = 1"><style>h1 { color: red }</style>')`,
    );
    await expect
      .poll(() => complaints.filter((text) => text.includes('Content Security Policy')).length)
      .toBeGreaterThanOrEqual(2);
    expect(await page.title()).toBe('Abnahmebericht: Referenzinstallation hs1');
    await page.close();
  });

  it('is all there without JavaScript, and folds out', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await expect
      .poll(() => page.getByRole('heading', { level: 2 }).first().textContent())
      .toBe('Keine Freigabe: 4 Anforderungen sind verletzt');
    const explanation = page.getByText('Ohne Vertrag darf niemand im Auftrag der Verwaltung Daten verarbeiten.');
    expect(await explanation.isVisible()).toBe(false);
    await page.getByText('Ein Vertrag zur Auftragsverarbeitung liegt vor').click();
    expect(await explanation.isVisible()).toBe(true);
    await page.close();
  });

  it('shows where the keyboard is, at every stop, and reaches the content by the skip link', async () => {
    const { page } = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Zum Inhalt springen');
    expect((await page.locator('.skip').boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('inhalt');
    const stops = await page.evaluate<number>('document.querySelectorAll("main a, summary, [tabindex=\'0\']").length');
    const outline =
      '(() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement); return outlineStyle + " " + outlineWidth; })()';
    for (let stop = 0; stop < Math.min(stops, 80); stop++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(outline)).toBe('solid 3px');
    }
    await page.close();
  });

  it('prints why a folded requirement is not met, but neither the navigation nor long lists', async () => {
    const { page } = await open();
    const reason = page.getByText('Der unterschriebene Vertrag mit allen Anlagen.').first();
    const shown =
      'document.querySelector("#DS-02 .reasons").checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })';
    expect(await reason.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    // The browser decides about folded content with its next frame.
    await expect.poll(() => page.evaluate(shown)).toBe(true);
    expect(
      await page.evaluate('document.querySelector("#DS-02 .reasons").getBoundingClientRect().height'),
    ).toBeGreaterThan(10);
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.getByText('@pruefstand-alice-1:hs1.example').isVisible()).toBe(false);
    await page.close();
  });

  it('tells at once what the verdict is and what stands in the way', async () => {
    const { page } = await open({ viewport: { width: 1280, height: 900 } });
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(headings.slice(0, 3)).toEqual([
      'Keine Freigabe: 4 Anforderungen sind verletzt',
      'Was der Freigabe im Weg steht',
      'Überblick nach Bereichen',
    ]);
    expect((await page.getByRole('heading', { level: 2 }).first().boundingBox())?.y).toBeLessThan(300);
    await page.close();
  });

  it('has XML for machines that parses, with all counts', async () => {
    const { page } = await openReport(browser, junit);
    const count = (selector: string) =>
      page.evaluate<number>(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
    expect(await count('parsererror')).toBe(0);
    expect([await count('testcase'), await count('failure'), await count('error'), await count('skipped')]).toEqual([
      13, 3, 1, 5,
    ]);
    expect(await page.evaluate('document.querySelector("failure").textContent')).toContain('Kontrast von 2,9 zu 1');
    await page.close();
  });
});
