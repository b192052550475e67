import { clearInterval, clearTimeout, setInterval, setTimeout } from 'k6/timers';
import type { Origin } from '../scenarios/load-record.ts';
import type { Meter } from './meter.ts';
import type { RunClock } from './run-clock.ts';
import { tell } from './tell.ts';

const tellEveryMs = 1_000;

interface WatchOptions {
  readonly origin: Origin;
  readonly lagEveryMs: number;
  readonly clock: RunClock;
  readonly meter: Meter;
}

/** Measures by how much the VU's event loop runs late, and tells the meter's content once a second. */
export function watchLoop({ origin, lagEveryMs, clock, meter }: WatchOptions): { stop(): void } {
  let due = clock.now() + lagEveryMs;
  const lag = setInterval(() => {
    meter.record('lag', clock.now() - due);
    due = clock.now() + lagEveryMs;
  }, lagEveryMs);
  // In the middle of each second of the run, so that the VUs' records of a second can be added up.
  const untilNext = () => {
    const sinceWhole = ((clock.now() % tellEveryMs) + tellEveryMs) % tellEveryMs;
    const toMiddle = (1.5 * tellEveryMs - sinceWhole) % tellEveryMs;
    // A timer that fired a little early must not tell the same second twice.
    return toMiddle < tellEveryMs / 2 ? toMiddle + tellEveryMs : toMiddle;
  };
  const tellAndGoOn = () => {
    tell(meter.take(origin, clock.now()));
    telling = setTimeout(tellAndGoOn, untilNext());
  };
  let telling = setTimeout(tellAndGoOn, untilNext());
  return {
    stop: () => {
      clearInterval(lag);
      clearTimeout(telling);
    },
  };
}
