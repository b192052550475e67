import { changedOutcomes, type FlakeRate, flakeRates } from '../../core/judge/changed-outcomes.ts';
import { readJournal } from '../../reports/journal/read-journal.ts';
import { runFolderAt } from '../../reports/journal/run-folder.ts';
import { visibleText } from '../../reports/visible-text.ts';
import { checkFilter } from '../check-filter.ts';
import { resolveConfiguration, runOptions } from '../configuration.ts';
import { integerOption, parseOptions } from '../options.ts';
import { type FinishedRun, runAndReport } from '../run/run-and-report.ts';
import { verdictSummary } from '../run/verdict-summary.ts';

export const summary = {
  en: 'plan, execute, judge and report one acceptance run',
  de: 'plant einen Abnahmelauf, führt ihn aus, urteilt und berichtet',
};

export const help = {
  en: `npx pruefstand run [options]

Runs every check against a target, judges each requirement and writes the report.
Without --target the embedded reference deployment is started.

  --stage pilot                  rollout stage whose requirements are judged
  --depth standard|full          full: also what takes long, such as most load scenarios
  --only family,…                conformance, policy, encryption, accessibility, compatibility, load
  --check id,…                   only these, or those whose id begins so; the others stay open
  --target file                  target file, made by: npx pruefstand init
  --provider container|process   how the reference deployment is started
  --synapse version              another Synapse for the reference deployment
  --seed n                       every random choice follows from it (default 1)
  --repeat n                     every check n times; names those that do not end alike, and their share (default 1)
  --runs folder                  where the run's folder is made (default runs)
  --json                         one JSON document on stdout

Exit code: 0 every must met, 1 a must violated, 2 wrong use, 3 the bench broke or a must was not assessed.

Examples
  npx pruefstand run --only policy,conformance
  npx pruefstand run --target staging.json --json`,
  de: `npx pruefstand run [Optionen]

Führt alle Prüfungen gegen ein Ziel aus, urteilt über jede Anforderung und schreibt den Bericht.
Ohne --target wird die eingebaute Referenzinstallation gestartet.

  --stage pilot                  Ausbaustufe, deren Anforderungen beurteilt werden
  --depth standard|full          full: auch was lange dauert, etwa die meisten Lastszenarien
  --only Familie,…               conformance, policy, encryption, accessibility, compatibility, load
  --check Kennung,…              nur diese oder die, deren Kennung so beginnt; die anderen bleiben offen
  --target Datei                 Zieldatei, erstellt mit: npx pruefstand init
  --provider container|process   wie die Referenzinstallation gestartet wird
  --synapse Version              ein anderer Synapse für die Referenzinstallation
  --seed n                       daraus folgt jede zufällige Wahl (Vorgabe 1)
  --repeat n                     jede Prüfung n-mal; nennt die, die nicht gleich enden, und ihren Anteil (Vorgabe 1)
  --runs Ordner                  wo der Ordner des Laufs entsteht (Vorgabe runs)
  --json                         ein JSON-Dokument auf der Standardausgabe

Rückgabewert: 0 alles Geforderte erfüllt, 1 eine Anforderung verletzt, 2 falsch aufgerufen, 3 Prüfstand gestört oder nicht alles bewertet.

Beispiele
  npx pruefstand run --only policy,conformance
  npx pruefstand run --target abnahme.json --json`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, { ...runOptions, check: { type: 'string' }, repeat: { type: 'string' } });
  const times = integerOption('repeat', values['repeat'], { min: 1, max: 1_000 }) ?? 1;
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  const isWanted = checkFilter(values['check']);
  const extent = { times, ...(isWanted && { isWanted }) };
  const finished = await runAndReport(configuration, (line) => console.error(line), extent);
  console.log(values['json'] ? JSON.stringify(runJson(finished, times), null, 2) : textOf(finished, times));
  return finished.model.exitCode;
}

function textOf(finished: FinishedRun, times: number): string {
  if (times === 1) return verdictSummary(finished);
  const { changed, flakeRates: rates } = repeatIn(finished.directory);
  const head = `${times}-mal ausgeführt: ${changed.length} Prüfungen endeten nicht immer gleich`;
  const lines = changed.map(({ check, ends }) => `  ${check}: ${JSON.stringify(ends)}`);
  return [verdictSummary(finished), '', head, ...lines, ...rates.map(rateLine)].map(visibleText).join('\n');
}

const percent = new Intl.NumberFormat('de', { style: 'percent', maximumFractionDigits: 1 });

const rateLine = ({ family, repeated, changed, share }: FlakeRate) =>
  `Anteil wechselnder Ergebnisse ${family}: ${percent.format(share)} (${changed} von ${repeated} Prüfungen)`;

function repeatIn(directory: string) {
  const events = readJournal(runFolderAt(directory).journal).entries.map(({ event }) => event);
  return { changed: changedOutcomes(events), flakeRates: flakeRates(events) };
}

/** The contract of `run --json`. */
function runJson({ directory, model, durationMs }: FinishedRun, times: number) {
  const { run: started, outcomeCounts, verdictCounts, exitCode } = model;
  const repeat = times > 1 ? { times, ...repeatIn(directory) } : undefined;
  return {
    runId: started.runId,
    directory,
    stage: started.stage,
    seed: started.seed,
    provider: started.target.provider,
    durationMs,
    outcomes: outcomeCounts,
    verdicts: verdictCounts,
    changedVerdicts: repeat?.changed.length ?? 0,
    exitCode,
    ...(repeat && { repeat }),
  };
}
