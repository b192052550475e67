import type { Random } from '../../../core/random.ts';

/** What clients wait after a failed request: doubling from 1 s to 10 s, up to half of it more by chance. */
export function backOffMs(random: Random, attempt: number): number {
  return Math.min(10_000, 1_000 * 2 ** attempt) * (1 + random.next() / 2);
}
