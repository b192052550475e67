import { request } from 'undici';
import { waitUntil } from '../../wait.ts';
import { endedEarly, type StartedProcess } from './processes.ts';

// Long enough for a cold machine; whoever is ready sooner is taken sooner.
const deadlineMs = 60_000;

/** Waits until the condition holds; fails at once when the process ended. */
export async function untilReady(
  started: StartedProcess,
  condition: () => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const isReady = async () => {
    if (!started.isRunning()) throw endedEarly(started);
    return await condition();
  };
  await waitUntil(started.name, isReady, { deadlineMs, signal });
}

/** Waits until the process answers 200 there. */
export const answers = (started: StartedProcess, url: string, signal: AbortSignal | undefined): Promise<void> =>
  untilReady(started, async () => (await statusOf(url)) === 200, signal);

/** 0 while nobody listens. */
async function statusOf(url: string): Promise<number> {
  try {
    const answer = await request(url, { headersTimeout: 2_000, bodyTimeout: 2_000 });
    await answer.body.dump();
    return answer.statusCode;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return 0;
    throw thrown;
  }
}
