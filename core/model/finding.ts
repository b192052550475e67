/** At least one: a failure without a finding would tell nobody anything. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** One deviation of the target. All texts are German sentences for readers who write no code. */
export interface Finding {
  /** Stable short name within the check, e.g. `old-protocol-accepted`; part of the fingerprint. */
  readonly code: string;
  readonly title: string;
  readonly expected: string;
  readonly observed: string;
  /** What it was seen at: operation, host:port, selector. Stable between runs; part of the fingerprint. */
  readonly where: string;
  /** The request that showed it, without secrets, e.g. `GET /_matrix/client/versions → 200`. */
  readonly request?: string;
  /** Requirements it speaks to; absent: all that its check speaks to. */
  readonly concerns?: readonly string[];
  /** The deviation stands in the register, and its entry had not expired when it was seen. */
  readonly known?: KnownDeviation;
}

/** Why a deviation is accepted for a while. */
export interface KnownDeviation {
  /** Address of the public report. */
  readonly issue: string;
  /** German. */
  readonly reason: string;
  /** Last day, ISO 8601. */
  readonly until: string;
}

/** The same deviation keeps the same fingerprint over runs. */
export function fingerprintOf(checkId: string, finding: Finding): string {
  return `${checkId}#${finding.code}@${finding.where}`;
}
