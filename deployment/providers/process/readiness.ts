import { request } from 'undici';
import { waitUntil } from '../../wait.ts';
import { endedEarly, type StartedProcess } from './processes.ts';

/** Waits until the process answers 200 there; fails at once when it ended. */
export async function answers(started: StartedProcess, url: string, signal: AbortSignal | undefined): Promise<void> {
  const isReady = async () => {
    if (!started.isRunning()) throw endedEarly(started);
    return (await statusOf(url)) === 200;
  };
  await waitUntil(started.name, isReady, { deadlineMs: 60_000, signal });
}

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
