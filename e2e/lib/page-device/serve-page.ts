import { Buffer } from 'node:buffer';
import type { BrowserContext, Route } from 'playwright-core';
import type { PageFiles } from './page-files.ts';

/** Only a secure origin has all of a browser's cryptography; what is called localhost counts as one. */
export const pageOrigin = 'http://localhost';

/** Answers the page's files; whatever else it asks for gets no further, because its own requests go through the bench. */
export async function servePage(context: BrowserContext, files: PageFiles): Promise<void> {
  await context.route('**/*', (route) => answer(route, files));
}

function answer(route: Route, files: PageFiles): Promise<void> {
  const { origin, pathname } = new URL(route.request().url());
  const file = origin === pageOrigin ? files.get(pathname) : undefined;
  if (file === undefined) return route.abort('blockedbyclient');
  const { contentType, bytes } = file;
  return route.fulfill({
    status: 200,
    contentType,
    body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  });
}
