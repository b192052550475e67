import type { Account, Session } from '../../core/model/bench.ts';
import type { VariantName } from '../../core/model/lab.ts';
import type { Outcome } from '../../core/model/outcome.ts';
import type { Target } from '../../core/model/target.ts';

/** One clean run of one check as plain data: all that it was given, so that it can be run again without a target. */
export interface Recording extends RunTape {
  readonly check: string;
  readonly seed: string;
  readonly outcome: Outcome;
}

/** What one run was given from outside. */
export interface RunTape {
  /** By the clock, milliseconds since 1970. */
  readonly beganAt: number;
  /** Where it looked, in the order of opening; `target` first. */
  readonly places: readonly Place[];
  readonly exchanges: readonly Taken<RecordedAnswer>[];
  readonly leases: readonly Taken<readonly Account[]>[];
  readonly logins: readonly Taken<Session>[];
  /** What was read from the surroundings and what they gave. */
  readonly readings: readonly Taken<Reading>[];
}

export type Reading =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'promise'; readonly value: unknown }
  /** Came after a while; what is read from it is taken down under its own path. */
  | { readonly kind: 'object'; readonly path: string }
  /** Something to dispose of, and of no other use. */
  | { readonly kind: 'disposable' };

/** The target, or a variant of the reference deployment. */
export interface Place {
  readonly name: VariantName | 'target';
  readonly target: Target;
  /** Variants can be opened from here. */
  readonly hasLab: boolean;
  readonly hasSurroundings: boolean;
  /** How long opening it took. */
  readonly durationMs: number;
}

/** The n-th time the same is asked, the n-th that was taken down under that key is given. */
export interface Taken<T> {
  readonly key: string;
  readonly durationMs: number;
  readonly given: T;
}

export interface RecordedAnswer {
  readonly request: RecordedRequest;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  /** Undefined without a token. */
  readonly authorization?: string;
}
