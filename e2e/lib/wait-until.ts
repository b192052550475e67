import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';

export interface WaitOptions {
  readonly deadlineMs: number;
  readonly signal: AbortSignalLike;
  /** Registers for anything that may change the answer; returns how to unregister. */
  onChange(listener: () => void): () => void;
}

/**
 * Resolves with the first value the probe gives, or undefined when the deadline passed.
 * Asks again on every change, never on a timer.
 */
export function waitUntil<T>(probe: () => T | undefined, options: WaitOptions): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    let unregister = () => {};
    const timer = setTimeout(() => settle(() => resolve(undefined)), options.deadlineMs);
    const settle = (conclude: () => void) => {
      clearTimeout(timer);
      unregister();
      options.signal.removeEventListener('abort', stop);
      conclude();
    };
    const look = () => {
      try {
        const value = probe();
        if (value !== undefined) settle(() => resolve(value));
      } catch (thrown) {
        settle(() => reject(thrown));
      }
    };
    const stop = () => settle(() => reject(stopped()));
    if (options.signal.aborted) return stop();
    options.signal.addEventListener('abort', stop);
    unregister = options.onChange(look);
    look();
  });
}

export const stopped = () =>
  new RigError('interrupted', { de: 'Das Warten wurde abgebrochen.', en: 'Waiting was stopped.' });
