export interface ShareInterval {
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** 97.5 % quantile of the normal distribution. */
const z = 1.959_963_985;

/**
 * A share and the interval that holds the true one in 95 of 100 measurements (Wilson 1927, without continuity
 * correction): honest also at 0, where the usual one would have no width.
 */
export function shareInterval(hits: number, of: number): ShareInterval {
  if (of <= 0 || hits < 0 || hits > of) throw new RangeError(`no share: ${hits} of ${of}`);
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { share, lower: hits === 0 ? 0 : middle - half, upper: hits === of ? 1 : middle + half };
}
