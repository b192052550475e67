import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/model/usage-error.ts';
import type { ParsedOptions } from './options.ts';

/** A run is named by its folder or by its id under the runs folder. */
export function runDirectoryFrom([name]: readonly string[], values: ParsedOptions['values']): string {
  if (name === undefined) {
    throw new UsageError({ en: 'name a run, e.g. runs/<id>', de: 'Bitte einen Lauf nennen, z. B. runs/<Kennung>' });
  }
  const candidates = [name, join(String(values['runs'] ?? 'runs'), name)];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new UsageError({
    en: `no run ${name}: neither ${candidates.join(' nor ')} exists`,
    de: `Kein Lauf ${name}: Weder ${candidates.join(' noch ')} ist vorhanden`,
  });
}
