import process from 'node:process';
import type { BrowserContext } from 'playwright-core';
import { RigError } from '../../../core/model/rig-error.ts';

/** The main process of a browser; all its other processes are in the group that it leads. */
export async function processIdOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  const id = processInfo.find(({ type }) => type === 'browser')?.id;
  if (id === undefined) throw new RigError('toolFailed', 'Chromium does not tell the number of its process');
  return id;
}

/** Ends the browser in the middle of whatever it does. Resolves when it is gone. */
export async function killBrowser(context: BrowserContext, processId: number): Promise<void> {
  const isGone = context.waitForEvent('close');
  process.kill(-processId, 'SIGKILL');
  await isGone;
}
