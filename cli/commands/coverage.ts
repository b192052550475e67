import { globSync } from 'node:fs';
import { join } from 'node:path';
import { readDeclarations, readRowTable } from '../../conformance/coverage/data.ts';
import { coverageOf, type OperationCoverage } from '../../conformance/coverage/operations.ts';
import { type Row, type RowTable, rowsOf } from '../../conformance/coverage/rows.ts';
import type { CheckMeta } from '../../core/model/check.ts';
import { coverOf, type EncryptionCover } from '../../e2e/encryption/coverage/cover.ts';
import { readEncryptionTable } from '../../e2e/encryption/coverage/data.ts';
import type { Requirement } from '../../requirements/catalogue.ts';
import { readCatalogue } from '../../schemas/catalogue-reader.ts';
import { readOperationFacts } from '../../schemas/matrix/bundle.ts';
import { repositoryRoot } from '../../setup/places.ts';
import { type ExercisedRun, exercisesOf, newestExercised } from '../coverage/exercises.ts';
import { coverageLines } from '../coverage/lines.ts';
import { parseOptions } from '../options.ts';
import { discoverAll } from '../run/catalogue.ts';
import { runDirectoryFrom } from '../run-directory.ts';

export const summary = {
  en: 'what checks cover: requirements, operations, rows',
  de: 'was Prüfungen abdecken: Anforderungen, Operationen, Zeilen',
};

export const help = {
  en: `npx pruefstand coverage [run] [--runs folder] [--all] [--json]

Shows which requirements of the catalogue a check speaks to and what those checks leave open, where every row of the
table of checks stands, and which operations of the client-server API a run exercised: the named one, else the newest
in the folder of runs. An operation is exercised when a documented success and an error were seen and compared.
Of encryption also: known attacks, the requirements of its area and the tests of the best public suite.
--all names what is only counted otherwise: exercised and explained operations, what the specification does not describe,
and rows of other families.

Exit code: 0 every row, attack and test is built or left out for a reason, 1 one is unexplained or its reason stale.`,
  de: `npx pruefstand coverage [Lauf] [--runs Ordner] [--all] [--json]

Zeigt, zu welchen Anforderungen des Katalogs eine Prüfung etwas sagt und was sie offenlässt, wo jede Zeile der Tabelle
der Prüfungen steht und welche Operationen der Client-Server-API ein Lauf ausgeübt hat: der genannte, sonst der neueste
im Ordner der Läufe. Ausgeübt ist eine Operation, wenn ein dokumentierter Erfolg und ein Fehler gesehen und verglichen wurden.
Zur Verschlüsselung auch: bekannte Angriffe, die Anforderungen des Bereichs und die Tests der besten öffentlichen Sammlung.
--all nennt einzeln, was sonst nur gezählt wird: ausgeübte und erklärte Operationen, was die Spezifikation nicht beschreibt,
und Zeilen anderer Familien.

Rückgabewert: 0 jede Zeile, jeder Angriff und jeder Test ist gebaut oder mit Grund ausgelassen, 1 etwas ist offen oder sein Grund überholt.`,
};

/** Workloads of the load catalogue. */
const scenarioTotal = 20;

/** Everything the command tells, as data. */
export interface Coverage {
  readonly requirements: {
    readonly total: number;
    readonly automatic: number;
    readonly partly: number;
    readonly manual: number;
    readonly uncovered: readonly string[];
  };
  readonly operations: {
    /** Run the figures come from; null when no run exercised anything. */
    readonly run: string | null;
    readonly total: number;
    readonly exercised: number;
    /** Of whose answers at least one was compared with a schema. */
    readonly validated: number;
    readonly declared: number;
    readonly unexplained: readonly string[];
    readonly list: readonly OperationCoverage[];
  };
  readonly rows: {
    readonly total: number;
    readonly built: number;
    /** By the suite itself, for all checks. */
    readonly builtIn: number;
    readonly elsewhere: number;
    readonly leftOut: number;
    readonly notBuilt: readonly { readonly row: string; readonly reason: string }[];
    readonly unexplained: readonly string[];
    readonly list: readonly Row[];
  };
  readonly encryption: EncryptionCover;
  /** Known attacks on encryption. */
  readonly attacks: {
    readonly total: number;
    readonly built: number;
    readonly notBuilt: readonly { readonly attack: string; readonly reason: string }[];
  };
  readonly scenarios: { readonly total: number; readonly built: number };
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { runs: { type: 'string' }, all: { type: 'boolean' } }, 1);
  const exercised =
    positionals.length > 0
      ? exercisesOf(runDirectoryFrom(positionals, values))
      : newestExercised(String(values['runs'] ?? 'runs'));
  const { requirements } = await readCatalogue();
  const checks = (await discoverAll()).flatMap((group) => group.checks.map(({ meta }) => meta));
  const checked = new Set<string>(checks.flatMap((meta) => meta.requirements));
  const table = await readRowTable();
  const encryption = await encryptionCoverage({ table, requirements, checks });
  const coverage: Coverage = {
    requirements: requirementCoverage(requirements, checked),
    operations: await operationCoverage(exercised),
    rows: rowCoverage(rowsOf(table, checks)),
    encryption,
    attacks: attackCoverage(encryption),
    scenarios: {
      total: scenarioTotal,
      built: globSync('*.scenario.ts', { cwd: join(repositoryRoot, 'load/scenarios') }).length,
    },
  };
  if (values['json']) console.log(JSON.stringify(coverage, null, 2));
  else console.log(coverageLines(coverage, requirements, { all: values['all'] === true }).join('\n'));
  return isExplained(coverage) ? 0 : 1;
}

function isExplained({ rows, encryption: { stale, ...covers } }: Coverage): boolean {
  const all = Object.values(covers).flat();
  return rows.unexplained.length + stale.length === 0 && all.every(({ state }) => state !== 'unexplained');
}

function requirementCoverage(requirements: readonly Requirement[], checked: ReadonlySet<string>) {
  const of = (verification: Requirement['verification']) =>
    requirements.filter((requirement) => requirement.verification === verification);
  return {
    total: requirements.length,
    automatic: of('automatic').filter(({ id }) => checked.has(id)).length,
    partly: of('partly').filter(({ id }) => checked.has(id)).length,
    manual: of('manual').length,
    uncovered: requirements
      .filter(({ id, verification }) => verification !== 'manual' && !checked.has(id))
      .map(({ id }) => id),
  };
}

async function operationCoverage(exercised: ExercisedRun | undefined): Promise<Coverage['operations']> {
  const facts = readOperationFacts('client-server');
  const list = coverageOf(facts, exercised?.exercises ?? [], await readDeclarations());
  const unexplained = list.filter(({ state }) => state === 'unexplained').map(({ operation }) => operation);
  const done = list.filter(({ state }) => state === 'exercised').length;
  return {
    run: exercised?.run ?? null,
    total: list.length,
    exercised: done,
    validated: new Set(exercised?.exercises.flatMap((one) => (one.validated > 0 ? [one.operation] : []))).size,
    declared: list.length - done - unexplained.length,
    unexplained,
    list,
  };
}

function rowCoverage(list: readonly Row[]): Coverage['rows'] {
  const count = (wanted: Row['state']) => list.filter(({ state }) => state === wanted).length;
  return {
    total: list.length,
    built: count('built'),
    builtIn: count('builtIn'),
    elsewhere: count('elsewhere'),
    leftOut: count('leftOut'),
    notBuilt: list.flatMap((row) => (row.state === 'leftOut' ? [{ row: row.row, reason: row.reason }] : [])),
    unexplained: list.filter(({ state }) => state === 'unexplained').map(({ row }) => row),
    list,
  };
}

function attackCoverage({ attacks }: EncryptionCover): Coverage['attacks'] {
  const built = attacks.filter(({ state }) => state === 'built');
  const notBuilt = attacks.flatMap((one) =>
    one.state === 'leftOut' ? [{ attack: one.name, reason: one.reason }] : [],
  );
  return { total: attacks.length, built: built.length, notBuilt };
}

interface Known {
  readonly table: RowTable;
  readonly requirements: readonly Requirement[];
  readonly checks: readonly CheckMeta[];
}

async function encryptionCoverage({ table, requirements, checks }: Known): Promise<EncryptionCover> {
  const groups = table.groups.filter(({ elsewhere }) => elsewhere === 'encryption');
  return coverOf(await readEncryptionTable(), {
    rows: groups.flatMap(({ rows }) => Object.keys(rows)),
    requirements: requirements.filter(({ id }) => id.startsWith('VE-')),
    checks,
  });
}
