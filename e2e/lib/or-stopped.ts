import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { stopped } from './wait-until.ts';

/** The work's result, or the error of being stopped, whichever comes first: some work of libraries cannot be ended. */
export async function orStopped<T>(work: Promise<T>, signal: AbortSignalLike): Promise<T> {
  let unregister = () => {};
  const ended = new Promise<never>((_, reject) => {
    const stop = () => reject(stopped());
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop);
    unregister = () => signal.removeEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    unregister();
  }
}
