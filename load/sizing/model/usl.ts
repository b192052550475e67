import type { UslParameters } from '../../../core/model/sizing.ts';

/**
 * Universal Scalability Law (Gunther 2007): with `users` people X = λN / (1 + α(N − 1) + βN(N − 1)) is delivered per second;
 * α is what they wait for one another (contention), β what keeping everybody up to date costs (coherency).
 */
export function throughputAt({ lambda, alpha, beta }: UslParameters, users: number): number {
  return (lambda * users) / (1 + alpha * (users - 1) + beta * users * (users - 1));
}

/** Where more people begin to lower the throughput, N* = √((1 − α) / β); undefined when that never happens. */
export function peakUsers({ alpha, beta }: UslParameters): number | undefined {
  if (beta <= 0) return undefined;
  return Math.max(1, Math.sqrt(Math.max(0, 1 - alpha) / beta));
}
