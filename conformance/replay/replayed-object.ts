import { Divergence } from './divergence.ts';
import { callKey } from './recorded-object.ts';
import type { Reading, Taken } from './recording.ts';

/** The readings of a recording. */
export interface Readings {
  has(key: string): boolean;
  /** Whether anything inside of the path was read or called. */
  isInside(path: string): boolean;
  next(key: string): Taken<Reading> | undefined;
  pass(ms: number): Promise<void>;
}

/** Stands for an object that was recorded: gives what it gave. */
export function replayedObject<T extends object>(path: string, readings: Readings): T {
  const callable = () => undefined;
  return new Proxy(callable, {
    get: (_target, name) => {
      // Who waits for an object asks first whether it is a promise.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      const its = `${path}.${name}`;
      if (readings.has(its)) return givenFor(its, readings);
      if (readings.isInside(its)) return replayedObject(its, readings);
      throw new Divergence(`${its} kam nicht vor.`);
    },
    apply: (_target, _this, args: unknown[]) => givenFor(callKey(path, args), readings),
  }) as unknown as T;
}

function givenFor(key: string, readings: Readings): unknown {
  const reading = readings.next(key);
  if (reading === undefined) throw new Divergence(`${key} kam nicht vor.`);
  const { given, durationMs } = reading;
  switch (given.kind) {
    case 'value':
      return given.value;
    case 'promise':
      return readings.pass(durationMs).then(() => given.value);
    case 'object':
      return readings.pass(durationMs).then(() => replayedObject(given.path, readings));
    case 'disposable':
      return { [Symbol.dispose]: () => {} } satisfies Disposable;
  }
}
