import type { Random } from '../../../core/random.ts';

/** Log-normal: half of the files under 250 KB, 95 of 100 under 4 MB (assumption), none above Synapse's default limit. */
const medianBytes = 250_000;
const p95Bytes = 4_000_000;
const limitBytes = 50_000_000;
const normalP95 = 1.645;
const spread = Math.log(p95Bytes / medianBytes) / normalP95;

export function drawFileBytes(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.min(limitBytes, Math.max(1, Math.round(medianBytes * Math.exp(spread * normal))));
}
