import type { Verdict } from './verdict.ts';

/** 0 every must met · 1 a must violated (wins over 3) · 3 a must not assessed, none judged, or the run itself not sound. */
export function exitCodeOf(musts: readonly Verdict[], { sound }: { readonly sound: boolean }): 0 | 1 | 3 {
  if (musts.some(({ kind }) => kind === 'violated')) return 1;
  if (!sound || musts.length === 0) return 3;
  return musts.some(({ kind }) => kind === 'notAssessed') ? 3 : 0;
}
