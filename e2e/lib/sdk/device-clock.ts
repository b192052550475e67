import { AsyncLocalStorage } from 'node:async_hooks';

/** A clock of one device's own; others, and the bench, keep theirs. */
export interface DeviceClock {
  /** Work of the device, and whatever it sets going, sees this clock. */
  run<T>(work: () => T): T;
  /** Work of the bench on behalf of the device sees the true time. */
  leave<T>(work: () => T): T;
  /** From now on the clock is ahead by so much more. */
  move(ms: number): void;
}

interface Shift {
  ms: number;
}

const shifts = new AsyncLocalStorage<Shift>();

let isInstalled = false;

export function createDeviceClock(): DeviceClock {
  install();
  const shift: Shift = { ms: 0 };
  return {
    run: (work) => shifts.run(shift, work),
    leave: (work) => shifts.exit(work),
    move: (ms) => {
      shift.ms += ms;
    },
  };
}

/** Where the library and its WebAssembly read the time of day and how long something takes; timers do not follow it. */
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  const shifted = {
    apply: (now: () => number, self: unknown) => Reflect.apply(now, self, []) + (shifts.getStore()?.ms ?? 0),
  };
  Date.now = new Proxy(Date.now, shifted);
  performance.now = new Proxy(performance.now, shifted);
}
