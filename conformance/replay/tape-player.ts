import type { Taken } from './recording.ts';

/** Gives the n-th that was taken down under a key to whoever asks the n-th time, the last one for ever. */
export interface TapePlayer<T> {
  next(key: string): PlayedEntry<T> | undefined;
}

export interface PlayedEntry<T> {
  readonly entry: Taken<T>;
  /** Position on the tape. */
  readonly index: number;
}

/** Where on a tape each key is: the same for all replays of a recording. */
export type TapeIndex<T> = ReadonlyMap<string, readonly PlayedEntry<T>[]>;

export const indexTape = <T>(tape: readonly Taken<T>[]): TapeIndex<T> =>
  Map.groupBy(
    tape.map((entry, index) => ({ entry, index })),
    ({ entry }) => entry.key,
  );

export function playTape<T>(tape: TapeIndex<T>): TapePlayer<T> {
  const asked = new Map<string, number>();
  return {
    next: (key) => {
      const entries = tape.get(key);
      if (entries === undefined) return undefined;
      const nth = asked.get(key) ?? 0;
      asked.set(key, nth + 1);
      return entries[Math.min(nth, entries.length - 1)];
    },
  };
}
