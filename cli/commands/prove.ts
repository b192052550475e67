import { writeFileSync } from 'node:fs';
import { survivorsPage } from '../../conformance/mutants/survivors-page.ts';
import type { Recording } from '../../conformance/replay/recording.ts';
import { type ControlEnd, isSound } from '../../core/run/control-end.ts';
import { checkFilter } from '../check-filter.ts';
import { resolveConfiguration, runOptions } from '../configuration.ts';
import { integerOption, type ParsedOptions, parseOptions } from '../options.ts';
import { proofJson } from '../prove/proof-json.ts';
import { type FamilyCounts, type FamilyProofs, proveFamilies } from '../prove/prove-families.ts';
import { isEnough, mutationLines, proveRecordings, type RecordingProof } from '../prove/prove-recordings.ts';
import { readRecordings, writeRecordings } from '../prove/recording-file.ts';

export const summary = {
  en: 'show that every check notices a defective target',
  de: 'zeigt, dass jede Prüfung ein fehlerhaftes Ziel bemerkt',
};

export const help = {
  en: `npx pruefstand prove [--only family,…] [--check id,…] [--provider container|process] [--seed n] [--mutants n]
                     [--mutants-only] [--keep-recording file | --recording file] [--survivors file] [--json]

Runs every check untouched and with each of its counterexamples against the reference deployment;
with --check only those whose id is named or begins so, such as conformance.sync.
Then replays every conformance check over falsified recordings of its untouched run, without a server: --mutants says over
how many (default 24000, with --check none). --mutants-only leaves out the counterexamples; --keep-recording keeps the recordings
in a file, --recording starts from such a file and needs no deployment; --survivors writes the page of what nobody noticed.
Exit code: 0 every untouched run passed but for true findings of the reference deployment, every counterexample was noticed,
95 % of the mutants that the specification speaks against, and at least one by every check; what was not noticed is
explained. 1 not so, 3 the bench broke.`,
  de: `npx pruefstand prove [--only Familie,…] [--check Kennung,…] [--provider container|process] [--seed n] [--mutants n]
                     [--mutants-only] [--keep-recording Datei | --recording Datei] [--survivors Datei] [--json]

Führt jede Prüfung unverändert und mit jedem ihrer Gegenbeispiele gegen die Referenzinstallation aus;
mit --check nur die, deren Kennung so heißt oder beginnt, etwa conformance.sync.
Danach läuft jede Konformitätsprüfung ohne Server über verfälschte Aufzeichnungen ihres unveränderten Laufs: --mutants sagt,
über wie viele (Vorgabe 24000, mit --check keine). --mutants-only lässt die Gegenbeispiele aus; --keep-recording hebt die Aufzeichnungen
in einer Datei auf, --recording beginnt mit einer solchen Datei und braucht keine Installation; --survivors schreibt die Seite
dessen, was niemand bemerkt hat.
Rückgabewert: 0 jeder unveränderte Lauf bestanden bis auf wirkliche Abweichungen der Referenzinstallation, jedes Gegenbeispiel
bemerkt, 95 % der Verfälschungen, gegen die die Spezifikation spricht, und mindestens eine von jeder Prüfung; was unbemerkt
bleibt, ist erklärt. 1 nicht so, 3 Prüfstand gestört.`,
};

const options = {
  ...runOptions,
  check: { type: 'string' },
  mutants: { type: 'string' },
  'mutants-only': { type: 'boolean' },
  'keep-recording': { type: 'string' },
  recording: { type: 'string' },
  survivors: { type: 'string' },
} as const;

/** Over a few checks the rate says little, and whoever names them is at work on them. */
const defaultBudget = (values: Values): number => (values['check'] === undefined ? 24_000 : 0);

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, options);
  const startedAt = Date.now();
  const { families, recordings } = await provenOrRead(values);
  const mutation = await provenOver(recordings, values);
  const report = proofJson({ durationMs: Date.now() - startedAt, families, mutation });
  const lines = [...families.map(countLine), ...(mutation ? mutationLines(mutation) : [])];
  console.log(values['json'] ? JSON.stringify(report, null, 2) : lines.join('\n'));
  return families.every(isProven) && (mutation === undefined || isEnough(mutation.report)) ? 0 : 1;
}

type Values = ParsedOptions['values'];

const tell = (line: string): void => console.error(line);

const textOf = (values: Values, name: keyof typeof options): string | undefined =>
  values[name] === undefined ? undefined : String(values[name]);

async function provenOrRead(values: Values): Promise<FamilyProofs> {
  const isWanted = checkFilter(values['check']) ?? (() => true);
  const file = textOf(values, 'recording');
  if (file !== undefined) return { families: [], recordings: readRecordings(file, isWanted) };
  const withCounterexamples = values['mutants-only'] !== true;
  const proofs = await proveFamilies(configurationFrom(values), { isWanted, withCounterexamples, write: tell });
  const kept = textOf(values, 'keep-recording');
  if (kept !== undefined) writeRecordings(kept, proofs.recordings);
  return proofs;
}

async function provenOver(recordings: readonly Recording[], values: Values): Promise<RecordingProof | undefined> {
  const budget = integerOption('mutants', values['mutants'], { min: 0, max: 10_000_000 }) ?? defaultBudget(values);
  if (recordings.length === 0 || budget === 0) return undefined;
  const { seed } = configurationFrom(values);
  const proof = await proveRecordings({ recordings, budget, seed, write: tell });
  const page = textOf(values, 'survivors');
  if (page !== undefined) writeFileSync(page, survivorsPage(proof.report));
  return proof;
}

const configurationFrom = (values: Values) => resolveConfiguration(values, process.env, process.cwd());

/** Every counterexample noticed, and every untouched run sound. */
const isProven = ({ counterexamples: { red, total }, controls }: FamilyCounts): boolean =>
  red === total && unsound(controls) === 0;

const unsound = (controls: FamilyCounts['controls']): number =>
  Object.entries(controls).reduce((sum, [end, count]) => sum + (isSound(end as ControlEnd) ? 0 : count), 0);

const countLine = ({ name, checks, counterexamples: { red, total }, controls }: FamilyCounts): string =>
  `${name}: ${checks} Prüfungen, ${red} von ${total} Gegenbeispielen bemerkt, ${unsound(controls)} unverändert nicht eindeutig`;
