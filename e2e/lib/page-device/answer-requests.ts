import type { Page } from 'playwright-core';
import type { HttpSend } from '../../../core/http/http.ts';
import { failureFrom, type PageAnswer, type PageRequest } from './contract.ts';

/** Sends what the page wants to send. Returns how to stop what is under way, when nobody waits for it any more. */
export async function answerRequests(page: Page, send: HttpSend): Promise<() => void> {
  const underWay = new Map<number, AbortController>();
  await page.exposeFunction('pruefstandStop', (id: number) => underWay.get(id)?.abort());
  await page.exposeFunction('pruefstandSend', async ({ id, ...request }: PageRequest): Promise<PageAnswer> => {
    const stop = new AbortController();
    underWay.set(id, stop);
    try {
      const { status, headers, bytes } = await send({ ...request, signal: stop.signal });
      return { kind: 'answer', status, headers, bytes };
    } catch (thrown) {
      return { kind: 'failure', failure: failureFrom(thrown) };
    } finally {
      underWay.delete(id);
    }
  });
  return () => {
    for (const stop of underWay.values()) stop.abort();
  };
}
