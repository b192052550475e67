import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../core/model/usage-error.ts';
import { type Area, areaKeys, type Catalogue, catalogueFromAreas } from '../requirements/catalogue.ts';
import { isJsonObject } from './json.ts';
import areaSchema from './suite/requirement.schema.json' with { type: 'json' };
import { createValidator } from './validator.ts';
import { parseYaml } from './yaml-file.ts';

const catalogueFolder = fileURLToPath(new URL('../requirements/', import.meta.url));

const problemsOfArea = createValidator(areaSchema);

/** Reads every area file of the folder; one broken or missing area makes the whole catalogue unusable. */
export async function readCatalogue(folder: string = catalogueFolder): Promise<Catalogue> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const areas = await Promise.all(files.map((name) => readArea(join(folder, name))));
  refuseMissingAreas(folder, areas);
  try {
    return catalogueFromAreas(areas);
  } catch (cause) {
    throw new UsageError(`${folder}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function readArea(path: string): Promise<Area> {
  const data = parseYaml(path, await readFile(path, 'utf8'));
  const problems = problemsOfArea(data).map((problem) => withRequirementId(problem, data));
  if (problems.length > 0) {
    const [first, ...others] = problems;
    throw new UsageError({
      de: [`${path}: ${first}; bitte den Eintrag berichtigen.`, ...others].join('\n'),
      en: [`${path}: ${first}; correct this entry.`, ...others].join('\n'),
    });
  }
  return data as Area;
}

// Whoever edits the file looks for DS-03, not for the third element counted from zero.
function withRequirementId(problem: string, data: unknown): string {
  return problem.replace(/^\/requirements\/(\d+)/, (pointer, index: string) => {
    const entries = isJsonObject(data) && Array.isArray(data['requirements']) ? data['requirements'] : [];
    const entry: unknown = entries[Number(index)];
    return isJsonObject(entry) && typeof entry['id'] === 'string' ? entry['id'] : pointer;
  });
}

// A deleted file must not make the acceptance easier.
function refuseMissingAreas(folder: string, areas: readonly Area[]): void {
  const missing = areaKeys.filter((key) => !areas.some(({ area }) => area.key === key));
  if (missing.length === 0) return;
  throw new UsageError({
    de: `${folder}: Es fehlt die Datei für ${missing.join(', ')}; jeder Bereich braucht seine eigene.`,
    en: `${folder}: no file holds area ${missing.join(', ')}; every area needs one.`,
  });
}
