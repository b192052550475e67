import { fileURLToPath } from 'node:url';
import { textIn } from '../../core/model/text.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import populationSchema from '../../schemas/suite/population.schema.json' with { type: 'json' };
import { readData } from '../../schemas/suite/read-data.ts';
import type { Population } from '../population/population.ts';
import { populationProblem } from '../population/population-problem.ts';

export const shippedPopulation = fileURLToPath(new URL('../population/berlin.yaml', import.meta.url));

/** A population that fits together. Throws UsageError with one line naming the file, the entry and what is wrong with it. */
export async function readPopulation(path: string = shippedPopulation): Promise<Population> {
  const population = await readData<Population>(path, populationSchema).catch((thrown: unknown) => {
    throw isMissing(thrown) ? unreadable(path, thrown) : thrown;
  });
  const problem = populationProblem(population);
  if (problem === undefined) return population;
  throw new UsageError({
    de: `${path}: ${textIn('de', problem)}; bitte den Eintrag berichtigen.`,
    en: `${path}: ${textIn('en', problem)}; correct this entry.`,
  });
}

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown;

function unreadable(path: string, cause: unknown): UsageError {
  return new UsageError(
    {
      de: `Die Bevölkerungsdatei ${path} ist nicht lesbar; Pfad und Rechte prüfen.`,
      en: `The population file ${path} cannot be read; check path and rights.`,
    },
    { cause },
  );
}
