import { createRequire } from 'node:module';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { type AxeReport, axeReportFrom } from './axe-report.ts';
import type { AxeRule } from './rules.ts';

const german: axe.Locale = createRequire(import.meta.url)('axe-core/locales/de.json');

/** Runs these rules over the whole page as it stands, with German texts. */
export async function runAxe(page: Page, rules: readonly AxeRule[]): Promise<AxeReport> {
  // Evaluated by the debugger, so the page's own content policy does not keep it out.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const results = await page.evaluate(
    async ({ locale, ids }) => {
      const engine = (globalThis as unknown as { axe: typeof axe }).axe;
      engine.configure({ locale });
      return engine.run(document, { runOnly: { type: 'rule', values: ids } });
    },
    { locale: german, ids: rules.map(({ id }) => id) },
  );
  const candidates = new Set(rules.filter(({ standing }) => standing === 'candidate').map(({ id }) => id));
  return axeReportFrom(results, candidates);
}
