import type { Covers, EncryptionCover } from '../../e2e/encryption/coverage/cover.ts';
import type { Requirement } from '../../requirements/catalogue.ts';
import type { Coverage } from '../commands/coverage.ts';

export interface Detail {
  /** Also what needs nobody's attention is named one by one. */
  readonly all: boolean;
}

/** What `coverage` prints for people. */
export function coverageLines(
  coverage: Coverage,
  requirements: readonly Requirement[],
  detail: Detail,
): readonly string[] {
  return [
    ...requirementLines(coverage.requirements, requirements),
    ...operationLines(coverage.operations, detail),
    ...rowLines(coverage.rows, detail),
    ...encryptionLines(coverage.encryption, detail),
  ];
}

function requirementLines({ uncovered }: Coverage['requirements'], requirements: readonly Requirement[]): string[] {
  const missing = requirements.filter(({ id }) => uncovered.includes(id));
  const manual = requirements.filter(({ verification }) => verification === 'manual');
  const covered = requirements.filter(({ id, verification }) => verification !== 'manual' && !uncovered.includes(id));
  const line = ({ id, title }: Requirement) => `  ${id} ${title}`;
  return [
    `${requirements.length} Anforderungen: ${covered.length} mit Prüfungen, ${missing.length} noch ohne, ${manual.length} allein durch Menschen.`,
    '',
    'Mit Prüfungen',
    ...covered.flatMap((requirement) => [line(requirement), ...requirement.open.map((gap) => `        offen: ${gap}`)]),
    '',
    'Noch ohne Prüfung',
    ...missing.map(line),
    '',
    'Allein durch Menschen',
    ...manual.map(line),
  ];
}

function operationLines(operations: Coverage['operations'], { all }: Detail): string[] {
  const { run, total, exercised, declared, unexplained, list } = operations;
  if (run === null) {
    return [
      '',
      `${total} Operationen: noch kein Lauf hat eine ausgeübt; npx pruefstand run --only conformance tut es.`,
    ];
  }
  return [
    '',
    `${total} Operationen: ${exercised} ausgeübt, ${declared} erklärt, ${unexplained.length} offen (${run}).`,
    ...(all ? settledLines(list) : explainedCounts(list)),
    ...list.flatMap((one) =>
      one.state === 'unexplained'
        ? [`  ${one.method} ${one.path} – es fehlt: ${one.missing.map(missingWord).join(', ')}`]
        : [],
    ),
    ...undocumentedLines(list, all),
  ];
}

type Operations = Coverage['operations']['list'];

const settledLines = (list: Operations): string[] =>
  list.flatMap((one) => {
    if (one.state === 'exercised') return [`  ${one.method} ${one.path} – ausgeübt`];
    return 'reason' in one ? [`  ${one.method} ${one.path} – ${stateWords[one.state]}: ${one.reason}`] : [];
  });

function explainedCounts(list: Operations): string[] {
  const counts = Object.entries(stateWords).flatMap(([state, word]) => {
    const count = list.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.length === 0 ? [] : [`  erklärt: ${counts.join(', ')}${oneByOne}`];
}

const oneByOne = ' (einzeln: --all)';

/** Allowed, but worth a look: clients cannot rely on it. */
function undocumentedLines(list: Operations, all: boolean): string[] {
  const lines = list.flatMap(({ method, path, undocumented: { answers, keys } }) => [
    ...answers.map((answer) => `  ${method} ${path} – nicht dokumentierte Antwort: ${answer}`),
    ...keys.map((key) => `  ${method} ${path} – nicht dokumentierter Schlüssel: ${key}`),
  ]);
  if (lines.length === 0) return [];
  const title = 'Erlaubt, aber in der Spezifikation nicht beschrieben';
  return all ? ['', title, ...lines] : [`  ${title}: ${lines.length} Antworten und Schlüssel${oneByOne}`];
}

const stateWords = {
  notImplemented: 'nicht vorhanden',
  notApplicable: 'abgeschaltet',
  deviating: 'anders als dokumentiert beantwortet',
  notBuilt: 'nicht gebaut',
} as const;

const missingWord = (part: 'success' | 'error') => (part === 'success' ? 'ein Erfolg' : 'ein Fehler');

function rowLines(rows: Coverage['rows'], { all }: Detail): string[] {
  const { total, built, builtIn, elsewhere, leftOut, unexplained, list } = rows;
  const partly = list.flatMap((row) => (row.state === 'built' && row.missing !== undefined ? [row] : []));
  return [
    '',
    `${total} Zeilen: ${built} gebaut (davon ${partly.length} nicht ganz), ${builtIn} vom Prüfstand selbst, ${elsewhere} in anderen Familien vorgesehen, ${leftOut} mit Grund ausgelassen, ${unexplained.length} offen.`,
    ...list.flatMap((row) => (row.state === 'leftOut' ? [`  ${row.row} – ausgelassen: ${row.reason}`] : [])),
    ...partly.map(({ row, missing }) => `  ${row} – gebaut, es fehlt: ${missing}`),
    ...unexplained.map((row) => `  ${row} – offen`),
    ...(all ? list.flatMap((row) => (row.state === 'elsewhere' ? [`  ${row.row} – Familie ${row.family}`] : [])) : []),
  ];
}

function encryptionLines(cover: EncryptionCover, detail: Detail): string[] {
  const { rows, attacks, requirements, tests, pairs, places, stale } = cover;
  return [
    '',
    'Verschlüsselung',
    ...coverLines('Zeilen', rows, detail),
    ...coverLines('bekannte Angriffe', attacks, detail),
    ...coverLines('Anforderungen', requirements, detail),
    ...coverLines('Tests von complement-crypto', tests, detail),
    ...coverLines('Fähigkeiten von Programmpaaren', pairs, detail),
    ...coverLines('Orte der Kanariensuche', places, detail),
    ...stale.map((name) => `  ${name} – ein Grund steht da, aber es ist gebaut oder unbekannt`),
  ];
}

/** What is left out or open by name; what checks cover only where all is asked for. */
function coverLines(what: string, covers: Covers, { all }: Detail): string[] {
  const count = (wanted: Covers[number]['state']) => covers.filter(({ state }) => state === wanted).length;
  const named = covers.flatMap((cover) => {
    const name = cover.title === undefined ? cover.name : `${cover.name} ${cover.title}`;
    if (cover.state === 'unexplained') return [`    ${name} – offen`];
    if (cover.state === 'leftOut') return [`    ${name} – ausgelassen: ${cover.reason}`];
    return all ? [`    ${name} – ${cover.checks.join(', ')}`] : [];
  });
  const counts = [
    `${count('built')} gebaut`,
    ...(count('elsewhere') > 0 ? [`${count('elsewhere')} in anderen Familien`] : []),
    `${count('leftOut')} mit Grund ausgelassen`,
    `${count('unexplained')} offen`,
  ];
  return [`  ${covers.length} ${what}: ${counts.join(', ')}.`, ...named];
}
