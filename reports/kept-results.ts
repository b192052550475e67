import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsedJson } from '../core/parsed-json.ts';
import type { RunFolder } from './journal/run-folder.ts';
import type { resultsFrom } from './results.ts';

export type KeptResults = Partial<ReturnType<typeof resultsFrom>>;

/** What an earlier report left in results.json, which anyone may have edited; undefined when no report was written. */
export function readKeptResults({ report }: RunFolder): KeptResults | undefined {
  const path = join(report, 'results.json');
  return existsSync(path) ? Object(parsedJson(readFileSync(path, 'utf8'))) : undefined;
}
