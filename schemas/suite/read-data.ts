import { readFile } from 'node:fs/promises';
import { UsageError } from '../../core/model/usage-error.ts';
import { createValidator } from '../validator.ts';
import { parseYaml } from '../yaml-file.ts';

/** A data file of the suite, checked against its schema, which vouches for the type. Throws UsageError naming file and place. */
export async function readData<T>(path: string, schema: object): Promise<T> {
  const data = parseYaml(path, await readFile(path, 'utf8'));
  const [problem] = createValidator(schema)(data);
  if (problem === undefined) return data as T;
  throw new UsageError({
    de: `${path}: ${problem}; bitte den Eintrag berichtigen.`,
    en: `${path}: ${problem}; correct this entry.`,
  });
}
