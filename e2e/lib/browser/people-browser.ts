import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { type LaunchOptions, launchChromium } from './chromium.ts';
import { freshContext } from './fresh-context.ts';
import { blockEverything, type ServeOptions, serveThroughBench } from './serve-through-bench.ts';

/** One Chromium in which every page belongs to another person, with storage of its own. */
export interface PeopleBrowser extends AsyncDisposable {
  /** An empty page of a person nobody knows yet; closing its context ends it. */
  page(options: ServeOptions): Promise<Page>;
}

/** For each step a driver takes: several clients may be loading at once. */
export const stepTimeoutMs = 60_000;

export async function openPeopleBrowser(options: LaunchOptions): Promise<PeopleBrowser> {
  // Beside the browsers of other families.
  const scratchDirectory = join(options.scratchDirectory, 'people');
  mkdirSync(scratchDirectory, { recursive: true });
  const first = await launchChromium({ ...options, scratchDirectory });
  return {
    page: (serving) => pageIn(first, serving),
    [Symbol.asyncDispose]: () => first.close(),
  };
}

async function pageIn(first: BrowserContext, serving: ServeOptions): Promise<Page> {
  const context = await freshContext(first);
  await blockEverything(context, serving.onBlocked);
  const page = await context.newPage();
  page.setDefaultTimeout(stepTimeoutMs);
  await serveThroughBench(page, serving);
  return page;
}
