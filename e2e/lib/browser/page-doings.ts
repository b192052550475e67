import type { Frame, Page } from 'playwright-core';

/** What a page did that nobody at it asked for. */
export interface PageDoings {
  /** What scripts called the watched function with. */
  readonly calls: readonly string[];
  /** Texts of dialogs, which were closed at once. */
  readonly dialogs: readonly string[];
  /** Addresses the page itself or a new window went to, without what leads inside a page. */
  readonly departures: readonly string[];
}

/** Watches from now on; the function is there in every frame and every window the page opens. */
export async function watchDoings(page: Page, functionName: string): Promise<PageDoings> {
  const calls: string[] = [];
  const dialogs: string[] = [];
  const departures: string[] = [];
  const home = placeOf(page.url());
  await page.context().exposeFunction(functionName, (said: unknown) => void calls.push(String(said)));
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    // The page may be closed meanwhile.
    void dialog.dismiss().catch(() => undefined);
  });
  page.on('framenavigated', (frame: Frame) => {
    const place = placeOf(frame.url());
    if (frame === page.mainFrame() && place !== home) departures.push(place);
  });
  page.on('popup', (opened) => void departures.push(placeOf(opened.url())));
  return { calls, dialogs, departures };
}

const placeOf = (url: string) => url.split(/[?#]/, 1)[0] ?? url;
