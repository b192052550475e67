import type { Bench } from './bench.ts';

/** Settings of the reference deployment under which some rules show themselves only. */
export type VariantName =
  /** Everything permitted: registration, guests, display names, presence, previews, mail, single sign-on … */
  | 'open'
  /** Registration with a token only, and every limit so low that a few requests meet it. */
  | 'limited'
  /** Federates with `partner`. */
  | 'federated'
  /** The second homeserver. Keeps its room directory to itself. */
  | 'partner'
  /** Federates with `partner` and with nobody else. */
  | 'selective'
  /** Federates with everybody, and goes down when a check wants it to: nobody else may count on it. */
  | 'intermittent';

/** Variants of the reference deployment, started on this machine beside the target. */
export interface Lab {
  /** Starts it on first use and keeps it until the run ends: everybody gets the same one. */
  variant(name: VariantName): Promise<Bench>;
}
