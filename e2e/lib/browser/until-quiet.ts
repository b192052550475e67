import type { Page } from 'playwright-core';

/**
 * Resolves when the page has changed nothing for `quietMs` and its fonts are there, so that a picture of it is one of a
 * state and not of a transition; also when `deadlineMs` passed, because a page may never come to rest.
 */
export async function untilQuiet(page: Page, { quietMs, deadlineMs }: { quietMs: number; deadlineMs: number }) {
  await page.evaluate(
    ([quiet, deadline]) =>
      new Promise<void>((resolve) => {
        const finish = () => {
          observer.disconnect();
          clearTimeout(last);
          clearTimeout(rest);
          document.fonts.ready.then(() => resolve());
        };
        const observer = new MutationObserver(() => {
          clearTimeout(rest);
          rest = setTimeout(finish, quiet);
        });
        const last = setTimeout(finish, deadline);
        let rest = setTimeout(finish, quiet);
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      }),
    [quietMs, deadlineMs] as const,
  );
}
