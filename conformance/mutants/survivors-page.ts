import { exclusions } from './exclusions.ts';
import type { MutationReport, SurvivorClass } from './mutation-report.ts';
import type { Rates } from './rates.ts';

/** German page of what nobody noticed, each class under its explanation; generated, so that it is never edited by hand. */
export function survivorsPage({ constrained, all, excluded, byKind, survivors }: MutationReport): string {
  const groups = [...Map.groupBy(survivors, ({ why }) => why)];
  return `${[
    '# Unbemerkte Verfälschungen',
    'Erzeugt von `npx pruefstand prove --only conformance --survivors conformance/survivors.md`. Die Erklärungen stehen in',
    '[mutants/explanations.ts](mutants/explanations.ts) und den Dateien daneben, die Regeln in [mutants/exclusions.ts](mutants/exclusions.ts).',
    '',
    ...table(
      ['Verfälschungen', 'Zahl', 'bemerkt', 'offen', 'unbemerkt', 'Anteil bemerkt'],
      [
        ['gegen die die Spezifikation spricht', ...rateCells(constrained)],
        ...Object.entries(byKind).map(([kind, rates]) => [`davon ${kind}`, ...rateCells(rates)]),
        ['alle', ...rateCells(all)],
      ],
    ),
    '## Durch Regeln ausgenommen',
    `${excluded.total} Verfälschungen, ${percent(excluded.share)} aller.`,
    '',
    ...table(
      ['Regel', 'Zahl', 'Grund', 'Fundstelle'],
      exclusions.map(({ rule, reason, clause }) => [rule, String(excluded.byRule[rule] ?? 0), reason, clause]),
    ),
    '## Klassen',
    ...groups.flatMap(([why, its]) => [`### ${why ?? 'Noch ohne Erklärung'}`, '', ...classTable(its)]),
  ].join('\n')}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1).replace('.', ',')} %`;

const rateCells = ({ mutants, noticed, open, broken, survived, rate }: Rates): readonly string[] =>
  [mutants, noticed, open + broken, survived, percent(rate)].map(String);

const classTable = (survivors: readonly SurvivorClass[]): readonly string[] =>
  table(
    ['Operation', 'Status', 'Stelle', 'Art', 'unbemerkt', 'offen', 'Prüfungen'],
    survivors.map(({ operation, status, pattern, kind, survived, open, checks }) => [
      `\`${operation}\``,
      String(status),
      `\`${pattern === '' ? '(Dokument)' : pattern}\``,
      kind,
      String(survived),
      String(open),
      shownChecks(checks),
    ]),
  );

const mostChecks = 3;

function shownChecks(checks: readonly string[]): string {
  const names = checks.slice(0, mostChecks).map((check) => check.replace('conformance.', ''));
  return `${names.join(', ')}${checks.length > mostChecks ? ` und ${checks.length - mostChecks} weitere` : ''}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
