import type { Locator } from 'playwright-core';

/**
 * What assistive technology is told of an element and all in it, line by line, from the browser's own tree: Playwright's
 * snapshot leaves out the names of elements without a role, which Chromium exposes where they can be focused.
 */
export async function spokenTreeOf(element: Locator): Promise<string> {
  const mark = 'data-pruefstand-asked';
  await element.evaluate((node, name) => node.setAttribute(name, ''), mark);
  const session = await element.page().context().newCDPSession(element.page());
  try {
    const { result } = await session.send('Runtime.evaluate', { expression: `document.querySelector('[${mark}]')` });
    if (result.objectId === undefined) return '';
    const { nodes } = await session.send('Accessibility.queryAXTree', { objectId: result.objectId });
    const told = nodes.filter(({ ignored, name }) => !ignored && String(name?.value ?? '').trim() !== '');
    return told.map(({ role, name }) => `${role?.value}: ${name?.value}`).join('\n');
  } finally {
    await session.detach();
    await element.evaluate((node, name) => node.removeAttribute(name), mark);
  }
}
