import type { Random } from '../../core/random.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import type { Homeserver } from './homeserver.ts';
import type { Meter } from './meter.ts';
import type { RunClock } from './run-clock.ts';

/** What the parts of one virtual user share. */
export interface UserContext {
  readonly plan: LoadPlan;
  readonly row: UserRow;
  readonly homeserver: Homeserver;
  readonly clock: RunClock;
  readonly meter: Meter;
  readonly random: Random;
  /** Letters and digits of that length. */
  readonly filler: (characters: number) => string;
}
