import type { Requirement } from '../../requirements/catalogue.ts';
import type { Coverage } from '../commands/coverage.ts';

/** What `coverage` prints for people. */
export function coverageLines(coverage: Coverage, requirements: readonly Requirement[]): readonly string[] {
  return [
    ...requirementLines(coverage.requirements, requirements),
    ...operationLines(coverage.operations),
    ...rowLines(coverage.rows),
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

function operationLines({ run, total, exercised, declared, unexplained, list }: Coverage['operations']): string[] {
  if (run === null) {
    return [
      '',
      `${total} Operationen: noch kein Lauf hat eine ausgeübt; npx pruefstand run --only conformance tut es.`,
    ];
  }
  const explained = list.flatMap((one) =>
    'reason' in one ? [`  ${one.method} ${one.path} – ${stateWords[one.state]}: ${one.reason}`] : [],
  );
  return [
    '',
    `${total} Operationen: ${exercised} ausgeübt, ${declared} erklärt, ${unexplained.length} offen (${run}).`,
    ...explained,
    ...list.flatMap((one) =>
      one.state === 'unexplained'
        ? [`  ${one.method} ${one.path} – es fehlt: ${one.missing.map(missingWord).join(', ')}`]
        : [],
    ),
    ...undocumentedLines(list),
  ];
}

/** Allowed, but worth a look: clients cannot rely on it. */
function undocumentedLines(list: Coverage['operations']['list']): string[] {
  const lines = list.flatMap(({ method, path, undocumented: { answers, keys } }) => [
    ...answers.map((answer) => `  ${method} ${path} – nicht dokumentierte Antwort: ${answer}`),
    ...keys.map((key) => `  ${method} ${path} – nicht dokumentierter Schlüssel: ${key}`),
  ]);
  return lines.length === 0 ? [] : ['', 'Erlaubt, aber in der Spezifikation nicht beschrieben', ...lines];
}

const stateWords = {
  notImplemented: 'nicht vorhanden',
  notApplicable: 'abgeschaltet',
  notBuilt: 'nicht gebaut',
} as const;

const missingWord = (part: 'success' | 'error') => (part === 'success' ? 'ein Erfolg' : 'ein Fehler');

function rowLines({ total, built, builtIn, elsewhere, leftOut, unexplained, list }: Coverage['rows']): string[] {
  return [
    '',
    `${total} Zeilen: ${built} gebaut, ${builtIn} vom Prüfstand selbst, ${elsewhere} in anderen Familien vorgesehen, ${leftOut} mit Grund ausgelassen, ${unexplained.length} offen.`,
    ...list.flatMap((row) => (row.state === 'leftOut' ? [`  ${row.row} – ausgelassen: ${row.reason}`] : [])),
    ...unexplained.map((row) => `  ${row} – offen`),
  ];
}
