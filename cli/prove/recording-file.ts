import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Recording } from '../../conformance/replay/recording.ts';
import { UsageError } from '../../core/model/usage-error.ts';

/** Holds the tokens of accounts of a deployment that is gone, as bytes of this Node: for the same machine, not for keeping. */
export function writeRecordings(path: string, recordings: readonly Recording[]): void {
  writeFileSync(path, serialize(recordings), { mode: 0o600 });
}

export function readRecordings(path: string, isWanted: (check: string) => boolean): readonly Recording[] {
  const recordings = deserializedFrom(path).filter(({ check }) => isWanted(check));
  if (recordings.length > 0) return recordings;
  throw new UsageError({
    en: `${path} holds no recording of the wanted checks`,
    de: `${path} enthält keine Aufzeichnung der gewünschten Prüfungen`,
  });
}

function deserializedFrom(path: string): readonly Recording[] {
  try {
    return deserialize(readFileSync(path)) as readonly Recording[];
  } catch (cause) {
    throw new UsageError(
      { en: `${path} is no file of recordings: ${cause}`, de: `${path} ist keine Datei mit Aufzeichnungen: ${cause}` },
      { cause },
    );
  }
}
