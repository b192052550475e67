import type { Estimate } from '../../core/model/sizing.ts';
import { sizingWords as words } from '../texts/sizing.ts';

/** A figure or the sign for none. */
export function figure(value: number | null, digits = 1): string {
  if (value === null || !Number.isFinite(value)) return words.none;
  return value.toLocaleString('de-DE', { maximumFractionDigits: digits });
}

/** `7 (6–9)`; without the bracket where chance changes nothing. */
export function estimateText(estimate: Estimate | null): string {
  if (estimate === null) return words.none;
  const { value, low, high } = estimate;
  return low === high ? figure(value) : `${figure(value)} (${figure(low)}–${figure(high)})`;
}

/** Of what is far below one as well. */
export const preciseFigure = (value: number): string => value.toLocaleString('de-DE', { maximumSignificantDigits: 3 });
