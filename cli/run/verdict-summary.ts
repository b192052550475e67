import { relative } from 'node:path';
import type { Reason } from '../../core/judge/verdict.ts';
import type { ReportModel } from '../../reports/report-model.ts';
import { decisionOn } from '../../reports/texts/decision.ts';
import { visibleText } from '../../reports/visible-text.ts';
import type { FinishedRun } from './run-and-report.ts';

/** What `run` prints for people: the verdict, what stands in the way, and where the report lies. */
export function verdictSummary({ model, report }: FinishedRun): string {
  const lines = ['', decisionOn(model).head, ...verdictLines(model), '', `Bericht: ${relative(process.cwd(), report)}`];
  // The target chose some of these words; none of them may act on the terminal.
  return visibleText(lines.join('\n'));
}

/** The counts, what is violated by name, and what is not assessed by its reason. */
export function verdictLines({ verdictCounts: counts, verdicts }: ReportModel): readonly string[] {
  const violated = verdicts.filter(({ verdict }) => verdict.kind === 'violated');
  return [
    `  erfüllt ${counts.met} · verletzt ${counts.violated} · nicht bewertet ${counts.notAssessed} · nicht anwendbar ${counts.notApplicable} · akzeptiert ${counts.accepted}`,
    '',
    ...(violated.length > 0 ? ['Verletzt:'] : []),
    ...violated.flatMap(({ requirement, verdict }) => [
      `  ${requirement.id} ${requirement.title}`,
      ...new Set(verdict.findings.map((finding) => `      ${finding.title} (${finding.where})`)),
    ]),
    ...openLines(verdicts.flatMap(({ verdict }) => (verdict.kind === 'notAssessed' ? [verdict.reasons] : []))),
  ];
}

/** Why requirements are not assessed, as counts: the report names each. */
function openLines(reasons: readonly (readonly Reason[])[]): readonly string[] {
  const count = (kinds: readonly Reason['kind'][]) =>
    reasons.filter((list) => list.some(({ kind }) => kinds.includes(kind))).length;
  const lines = [
    [count(['humanEvidenceMissing']), 'braucht', 'brauchen', 'den Nachweis durch einen Menschen'],
    [count(['noCheck', 'open']), 'ist', 'sind', 'durch die vorhandenen Prüfungen noch nicht vollständig beantwortet'],
    [count(['inconclusive', 'notRun']), 'blieb', 'blieben', 'in diesem Lauf offen'],
    [count(['rigFault']), 'konnte', 'konnten', 'nicht geprüft werden, weil der Prüfstand gestört war'],
  ] as const;
  const shown = lines
    .filter(([number]) => number > 0)
    .map(([number, one, many, text]) => `  ${String(number).padStart(3)} ${number === 1 ? one : many} ${text}`);
  return shown.length > 0 ? ['Nicht bewertet (mehrere Gründe sind möglich):', ...shown] : [];
}
