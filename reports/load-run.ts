import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../core/model/journal-entry.ts';
import { UsageError } from '../core/model/usage-error.ts';
import { parsedJson } from '../core/parsed-json.ts';
import type { Requirement } from '../requirements/catalogue.ts';
import { createValidator } from '../schemas/validator.ts';
import { sha256 } from './journal/digest.ts';
import { evidenceProblems } from './journal/evidence-problems.ts';
import { readJournal } from './journal/read-journal.ts';
import { type RunFolder, runFolderAt } from './journal/run-folder.ts';
import { writeWhole } from './journal/write-whole.ts';
import { readKeptResults } from './kept-results.ts';
import { type ReportModel, reportModelFrom } from './report-model.ts';
import { readSequence } from './sequences.ts';
import { type FolderProblem, foreignCatalogue, movedEnd, noCatalogue } from './texts/journal-problems.ts';

const catalogueFile = 'catalogue.json';

/** Keeps the catalogue beside the journal, so that a verdict can be recomputed long after the catalogue changed. */
export function keepCatalogue(folder: RunFolder, requirements: readonly Requirement[]): string {
  const text = `${JSON.stringify(requirements, null, 1)}\n`;
  writeWhole(join(folder.root, catalogueFile), text);
  return sha256(text);
}

/** Reads a run folder, whole or broken off. Throws UsageError when there is nothing to report on. */
export function loadRun(root: string): ReportModel {
  const folder = runFolderAt(root);
  if (!existsSync(folder.journal)) throw noRun(root);
  const { entries, problems, torn, lastLineSha256 = '' } = readJournal(folder.journal);
  const catalogue = readKeptCatalogue(root, entries);
  const found = [
    ...problems,
    ...catalogue.problems,
    ...endProblems(folder, lastLineSha256),
    ...evidenceProblems(folder, entries),
  ];
  const model = reportModelFrom({
    entries,
    requirements: catalogue.requirements,
    torn,
    lastLineSha256,
    problems: found.map(({ de }) => de),
    sequenceIn: (evidence) => readSequence(folder, evidence),
  });
  if (model === undefined) throw noRun(root, problems[0]);
  return model;
}

/** Nothing is appended after a run's end, so the last line of a whole run stays the one its results name. */
function endProblems(folder: RunFolder, lastLineSha256: string): readonly FolderProblem[] {
  const kept = readKeptResults(folder);
  return kept?.complete === true && kept.journal?.lastLineSha256 !== lastLineSha256 ? [movedEnd] : [];
}

interface KeptCatalogue {
  readonly requirements: readonly Requirement[];
  readonly problems: readonly FolderProblem[];
}

function readKeptCatalogue(root: string, entries: readonly JournalEntry[]): KeptCatalogue {
  const path = join(root, catalogueFile);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const requirements = parseCatalogue(text);
  if (requirements === undefined) return { requirements: [], problems: [noCatalogue] };
  const isForeign = entries.some(({ event }) => event.type === 'planWritten' && event.catalogueSha256 !== sha256(text));
  return { requirements, problems: isForeign ? [foreignCatalogue] : [] };
}

// Only what judging and rendering need: a catalogue kept by an older version stays readable.
const catalogueProblems = createValidator({
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'title', 'explanation', 'sources', 'verification'],
    properties: {
      id: { type: 'string' },
      title: { type: 'string' },
      explanation: { type: 'string' },
      sources: { type: 'array', items: { type: 'object' } },
      verification: { enum: ['automatic', 'partly', 'manual'] },
    },
  },
});

function parseCatalogue(text: string): readonly Requirement[] | undefined {
  const value = parsedJson(text);
  return catalogueProblems(value).length === 0 ? (value as readonly Requirement[]) : undefined;
}

function noRun(root: string, problem?: FolderProblem): UsageError {
  const because = { de: problem ? ` (${problem.de})` : '', en: problem ? ` (${problem.en})` : '' };
  return new UsageError({
    en: `${root} holds no run: there is no readable journal.ndjson in it${because.en}; name a folder under runs/`,
    de: `${root} enthält keinen Lauf: Es gibt dort kein lesbares journal.ndjson${because.de}; bitte einen Ordner unter runs/ nennen`,
  });
}
