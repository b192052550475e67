/** Below this number a percentile is only another name for the maximum. */
export function samplesFor(percentile: number): number {
  return Math.ceil(1 / (1 - percentile / 100) - 1e-9);
}
