import type { Clock } from '../../core/model/clock.ts';

export interface RecordingClock extends Clock {
  /** Something came from outside: what the clock shows goes on to the present. */
  refresh(): void;
}

/** Shows the moment at which something last came from outside or a timer was due, so that a replay can show the same. */
export function createRecordingClock(real: Clock): RecordingClock {
  let shown = real.now();
  const advance = (to: number) => {
    shown = Math.max(shown, to);
  };
  return {
    now: () => shown,
    refresh: () => advance(real.now()),
    after: (ms, callback) => {
      const dueAt = shown + ms;
      return real.after(Math.max(0, dueAt - real.now()), () => {
        advance(dueAt);
        callback();
      });
    },
  };
}
