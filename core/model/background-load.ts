import type { Bench } from './bench.ts';
import type { AbortSignalLike } from './family-runtime.ts';

/** Traffic of many people against the same target, beside what a check does. */
export interface BackgroundLoad {
  /** Does the work while the traffic lasts; resolves when both have ended. Throws RigError when the traffic cannot be made. */
  beside<T>(options: LoadOptions, work: (load: LoadUnderWay) => Promise<T>): Promise<LoadedWork<T> | LoadRefused>;
}

export interface LoadOptions {
  readonly bench: Bench;
  readonly seed: string;
  readonly signal: AbortSignalLike;
  /** full: as large as the load family's own campaign; small: to see a defect, not to measure. */
  readonly scale: 'full' | 'small';
}

export interface LoadUnderWay {
  /** Whether people are still writing: what happens later is not under load. */
  readonly isWriting: () => boolean;
}

export interface LoadedWork<T> {
  readonly kind: 'loaded';
  readonly result: T;
  readonly users: number;
  readonly durationS: number;
  /** Messages the target confirmed to those people. */
  readonly messages: number;
}

/** The target's owner does not allow it. */
export interface LoadRefused {
  readonly kind: 'refused';
  /** German. */
  readonly reason: string;
}
