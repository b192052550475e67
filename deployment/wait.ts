import { setTimeout as delay } from 'node:timers/promises';
import { RigError } from '../core/model/rig-error.ts';

/** Asks every 25 ms until the condition holds. False when the deadline passed first. */
export async function delayUnless(condition: () => Promise<boolean>, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await delay(25);
  }
  return true;
}

/** Like delayUnless, but ends with an error: at the deadline or as soon as the signal fires. */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean>,
  limits: { readonly deadlineMs: number; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const stopped = async () => limits.signal?.aborted === true || (await condition());
  const inTime = await delayUnless(stopped, limits.deadlineMs);
  if (limits.signal?.aborted) throw interrupted(what);
  if (inTime) return;
  throw new RigError('deploymentFailed', {
    de: `${what} war nach ${limits.deadlineMs / 1000} s nicht bereit.`,
    en: `${what} was not ready after ${limits.deadlineMs / 1000} s.`,
  });
}

export const interrupted = (what: string): RigError =>
  new RigError('interrupted', {
    de: `Der Start wurde abgebrochen, während auf ${what} gewartet wurde.`,
    en: `The start was stopped while waiting for ${what}.`,
  });

/** For steps that cannot be stopped themselves. */
export function throwIfStopped(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw interrupted(what);
}
