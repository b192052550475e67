import type { CoverState } from './cover.ts';

/** Checks that show it, or why none does. */
export type Shown = { readonly checks: readonly string[] } | { readonly reason: string };

/** A check that does not exist shows nothing. */
export function stateOfShown(shown: Shown, known: ReadonlySet<string>): CoverState {
  if ('reason' in shown) return { state: 'leftOut', reason: shown.reason };
  const isKnown = shown.checks.every((id) => known.has(id));
  return isKnown ? { state: 'built', checks: shown.checks } : { state: 'unexplained' };
}
