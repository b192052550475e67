import type { Bench } from './bench.ts';
import type { Check } from './check.ts';
import type { Evidence } from './evidence.ts';
import type { Exercise } from './exercise.ts';
import type { FamilyName } from './family.ts';

/** How a family of checks plugs into the engine. Found by suffix under `folder`, relative to the repository root. */
export interface Family<Context, Defect> {
  readonly name: FamilyName;
  readonly folder: string;
  /** `.check.ts`; the file's single export is a Check. */
  readonly suffix: string;
  /** Checks that may run side by side. */
  readonly concurrency: number;
  /** Prepares what all checks of the family share. Resolves when checks may run. */
  open(bench: Bench): Promise<FamilyRuntime<Context, Defect>>;
}

export interface FamilyRuntime<Context, Defect> extends AsyncDisposable {
  /** In place of the family's own, where the bench allows fewer side by side. */
  readonly concurrency?: number;
  /** A fresh context for one run of one check; with a defect the target seems to have it. */
  contextFor(check: Check<Context, Defect>, options: ContextOptions<Defect>): Promise<OpenContext<Context>>;
}

export interface ContextOptions<Defect> {
  /** Every random choice of the check comes from it. */
  readonly seed: string;
  /** Fires when the time limit is over or the run is stopped. */
  readonly signal: AbortSignalLike;
  readonly defect?: Defect;
  /** The target made the check wait for so many ms: its time limit moves by them. */
  held?(ms: number): void;
}

/** Disposed after the check, whatever happened. */
export interface OpenContext<Context> extends AsyncDisposable {
  readonly context: Context;
  /** Everything observed so far, redacted; asked for once, after the check ended. */
  evidence(): Promise<readonly Evidence[]>;
  /** What of the target's interface was asked so far; asked for once, after the check ended. */
  exercised?(): readonly Exercise[];
}

/** The part of AbortSignal that core may know of; Node's own fits. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
