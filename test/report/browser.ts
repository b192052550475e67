import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { locateChromium } from '../../setup/locate.ts';

export const chromiumHere = (): string | undefined => locateChromium(process.env);

export function launchChromium(executablePath: string): Promise<Browser> {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-component-update', '--disable-sync', ...quiet],
  });
}

export interface OpenReport {
  readonly page: Page;
  /** Everything the browser complained about, e.g. what the Content-Security-Policy refused. */
  readonly complaints: readonly string[];
}

export async function openReport(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<OpenReport> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

/** Every rule of axe-core, best practices too; one line per place that violates one. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // Evaluated by the debugger, so the page's own policy against scripts does not apply.
  await page.evaluate(`${axe.source}; undefined`);
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

export const openAllDetails = (page: Page): Promise<void> =>
  page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
