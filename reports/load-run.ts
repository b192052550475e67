import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/model/usage-error.ts';
import type { Requirement } from '../requirements/catalogue.ts';
import { sha256 } from './journal/digest.ts';
import { readJournal } from './journal/read-journal.ts';
import { type RunFolder, runFolderAt } from './journal/run-folder.ts';
import { storageError } from './journal/storage-error.ts';
import { type ReportModel, reportModelFrom } from './report-model.ts';

const catalogueFile = 'catalogue.json';

/** Keeps the catalogue beside the journal, so that a verdict can be recomputed long after the catalogue changed. */
export function keepCatalogue(folder: RunFolder, requirements: readonly Requirement[]): string {
  const text = `${JSON.stringify(requirements, null, 1)}\n`;
  const path = join(folder.root, catalogueFile);
  try {
    writeFileSync(path, text, { flush: true });
  } catch (thrown) {
    throw storageError(path, thrown);
  }
  return sha256(text);
}

/** Reads a run folder, whole or broken off. Throws UsageError when there is nothing to report on. */
export function loadRun(root: string): ReportModel {
  const folder = runFolderAt(root);
  if (!existsSync(folder.journal)) throw noRun(root);
  const { entries, problems, torn, lastLineSha256 = '' } = readJournal(folder.journal);
  const cataloguePath = join(root, catalogueFile);
  const catalogueText = existsSync(cataloguePath) ? readFileSync(cataloguePath, 'utf8') : '[]';
  const requirements = JSON.parse(catalogueText) as readonly Requirement[];
  const altered = entries.flatMap(({ event }) =>
    event.type === 'planWritten' && event.catalogueSha256 !== sha256(catalogueText)
      ? [`${catalogueFile} is not the one the plan was made for`]
      : [],
  );
  const model = reportModelFrom({ entries, requirements, torn, lastLineSha256, problems: [...problems, ...altered] });
  if (model === undefined) throw noRun(root);
  return model;
}

function noRun(root: string): UsageError {
  return new UsageError({
    en: `${root} holds no run: there is no readable journal.ndjson in it; name a folder under runs/`,
    de: `${root} enthält keinen Lauf: Es gibt dort kein lesbares journal.ndjson; bitte einen Ordner unter runs/ nennen`,
  });
}
