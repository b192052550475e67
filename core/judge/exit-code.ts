import type { Verdict } from './verdict.ts';

/** 0 every must met · 1 a must violated (wins over 3) · 3 a must not assessed. */
export function exitCodeOf(musts: readonly Verdict[]): 0 | 1 | 3 {
  if (musts.some(({ kind }) => kind === 'violated')) return 1;
  return musts.some(({ kind }) => kind === 'notAssessed') ? 3 : 0;
}
