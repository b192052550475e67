import { mean } from './quantile.ts';

const fewestLeft = 5;

/**
 * MSER (White 1997): how many of the first values to leave out so that the mean of the rest is known best. Values are
 * means of five observations each, which makes it MSER-5. Never more than half: then nothing has settled; and five stay.
 */
export function warmUpCut(batchMeans: readonly number[]): number {
  const most = Math.max(0, Math.min(Math.floor(batchMeans.length / 2), batchMeans.length - fewestLeft));
  const cuts = Array.from({ length: most + 1 }, (_, cut) => cut);
  const errors = cuts.map((cut) => marginalError(batchMeans.slice(cut)));
  const best = Math.min(...errors);
  return Math.max(0, errors.indexOf(best));
}

function marginalError(values: readonly number[]): number {
  if (values.length === 0) return Number.POSITIVE_INFINITY;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length ** 2;
}
