import { clearInterval, setInterval } from 'k6/timers';
import type { Meter } from './meter.ts';
import type { RunClock } from './run-clock.ts';
import { tell } from './tell.ts';

const lagEveryMs = 50;
const tellEveryMs = 1_000;

/** Measures by how much the VU's event loop runs late, and tells the meter's content once a second. */
export function watchLoop(vu: number, clock: RunClock, meter: Meter): { stop(): void } {
  let due = clock.now() + lagEveryMs;
  const lag = setInterval(() => {
    meter.record('lag', clock.now() - due);
    due = clock.now() + lagEveryMs;
  }, lagEveryMs);
  const telling = setInterval(() => tell(meter.take(vu, clock.now())), tellEveryMs);
  return {
    stop: () => {
      clearInterval(lag);
      clearInterval(telling);
    },
  };
}
