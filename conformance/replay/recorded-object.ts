import type { Reading } from './recording.ts';

/** Where readings go. */
export interface Reader {
  note(key: string, given: Reading): void;
  wait<T>(key: string, promise: Promise<T>): Promise<T>;
}

/** The object, all that is read from it and all that its functions give taken down. */
export function recordedObject<T extends object>(object: T, path: string, reader: Reader): T {
  return new Proxy(object, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol') return value;
      const its = `${path}.${name}`;
      if (typeof value === 'function') {
        return (...args: unknown[]) => recordedCall(Reflect.apply(value, target, args), callKey(its, args), reader);
      }
      if (isSingleObject(value)) return recordedObject(value, its, reader);
      reader.note(its, { kind: 'value', value: structuredClone(value) });
      return value;
    },
  });
}

function recordedCall(result: unknown, key: string, reader: Reader): unknown {
  if (result instanceof Promise) return reader.wait(key, result);
  if (isSingleObject(result) && Symbol.dispose in result) reader.note(key, { kind: 'disposable' });
  else reader.note(key, { kind: 'value', value: structuredClone(result) });
  return result;
}

const isSingleObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Functions are no data; calls that differ in nothing else are told apart by their order. */
export const callKey = (path: string, args: readonly unknown[]): string =>
  `${path}(${JSON.stringify(args.filter((arg) => typeof arg !== 'function'))})`;
