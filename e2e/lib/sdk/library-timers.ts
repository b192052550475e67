import { AsyncLocalStorage } from 'node:async_hooks';

const library = new AsyncLocalStorage<true>();

let isInstalled = false;

/**
 * Runs work of matrix-js-sdk whose timers must not keep this process alive.
 * The library never clears some of them: 100 s for each /sync, five minutes for each message it could not read.
 */
export function inLibrary<T>(work: () => T): T {
  install();
  return library.run(true, work);
}

/** The only handle there is: timers started in the asynchronous context of `inLibrary` are released. */
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
    apply: (target, self, args: Parameters<typeof setTimeout>) => {
      const timer: NodeJS.Timeout = Reflect.apply(target, self, args);
      // In a browser timers are numbers, and end with the page.
      if (library.getStore()) timer.unref?.();
      return timer;
    },
  });
}
