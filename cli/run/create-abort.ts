import type { Abort } from '../../core/run/time-limit.ts';

/** A signal of its own for each check, fired by its time limit. */
export function createAbort(): Abort {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason?: unknown) => controller.abort(reason) };
}
