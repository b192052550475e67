import { setTimeout } from 'k6/timers';

/** Time of the run: milliseconds since measuring began, negative before. */
export interface RunClock {
  readonly measuringFromMs: number;
  now(): number;
  until(atMs: number): Promise<void>;
  pause(ms: number): Promise<void>;
}

export function createRunClock(measuringFromMs: number): RunClock {
  const now = () => Date.now() - measuringFromMs;
  const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, Math.max(0, ms)));
  return {
    measuringFromMs,
    now,
    pause,
    until: (atMs) => (atMs <= now() ? Promise.resolve() : pause(atMs - now())),
  };
}
