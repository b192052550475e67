import type { Bench } from '../../core/model/bench.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { ContextOptions } from '../../core/model/family-runtime.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import type { ConformanceCheck, ConformanceDefect } from './conformance-check.ts';
import type { Ledger } from './validation.ts';

/** What one run of a check works with. */
export interface Instruments {
  readonly bench: Bench;
  readonly clock: Clock;
  /** Whether every exchange is kept for the evidence. */
  readonly keepsExchanges: boolean;
  /** In place of the family's own view of every answer. */
  openLedger?(version?: SpecVersion): Ledger;
}

/** Instruments for one run of a check: the bench as it is, one that records, or one that replays. */
export type Equip = (bench: Bench, check: ConformanceCheck, options: ContextOptions<ConformanceDefect>) => Instruments;

export const asItIs = (bench: Bench): Instruments => ({ bench, clock: systemClock, keepsExchanges: true });
