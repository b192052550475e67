import type { BrowserContext } from 'playwright-core';
import { RigError } from '../../../core/model/rig-error.ts';
import { officeComputer } from './chromium.ts';

/** A further profile in a browser that runs already: nothing is shared with the others. */
export async function freshContext(first: BrowserContext): Promise<BrowserContext> {
  const browser = first.browser();
  if (browser === null) throw new RigError('toolFailed', 'Chromium gave no second profile');
  return browser.newContext(officeComputer);
}
