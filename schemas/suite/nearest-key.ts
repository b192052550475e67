import { editDistance } from '../../core/edit-distance.ts';

const maxDistance = 3;

/** The candidate a mistyped key was probably meant to be, undefined when none is close. */
export function nearestKey(key: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(key.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined) return undefined;
  return best.distance <= Math.min(maxDistance, best.candidate.length / 2) ? best.candidate : undefined;
}
