import { type FamilyName, familyNames } from '../../../core/model/family.ts';
import type { Outcome } from '../../../core/model/outcome.ts';
import type { ReportedCheck, ReportModel } from '../../report-model.ts';
import { durationText, familyWords } from '../../texts/de.ts';
import { outcomeBadge } from './badge.ts';
import { evidenceLinks } from './evidence.ts';
import { html } from './html.ts';

/** Every planned check, also those that did not run. */
export function checksSection({ checks }: ReportModel) {
  return html`<section aria-labelledby="pruefungen">
    <h2 id="pruefungen">Alle Prüfungen</h2>
    ${familyNames.map((family) =>
      familyTable(
        family,
        checks.filter((check) => check.family === family),
      ),
    )}
  </section>`;
}

function familyTable(family: FamilyName, checks: readonly ReportedCheck[]) {
  if (checks.length === 0) return null;
  return html`<div class="scroll" role="region" aria-label=${`Prüfungen: ${familyWords[family]}`} tabindex="0">
    <table>
      <caption>${familyWords[family]}</caption>
      <thead><tr><th scope="col">Prüfung</th><th scope="col">Ergebnis</th><th scope="col">Nachweis</th><th scope="col" class="number">Dauer</th></tr></thead>
      <tbody>${checks.map(checkRow)}</tbody>
    </table>
  </div>`;
}

function checkRow(check: ReportedCheck) {
  const { id, title, outcome, spec, durationMs } = check;
  return html`<tr id=${id}>
    <th scope="row">${title}<br /><code class="soft">${id}</code>${spec !== undefined && html`<br />${specLink(spec, id)}`}</th>
    <td>${outcomeBadge(outcome?.kind ?? 'notRun')}<br />${outcomeText(outcome)}</td>
    <td>${evidenceLinks(check)}</td>
    <td class="number">${durationText(durationMs)}</td>
  </tr>`;
}

function specLink(spec: string, id: string) {
  if (!spec.startsWith('https://')) return html`<span class="soft">${spec}</span>`;
  return html`<a href=${spec}>Regel<span class="soft"> zu ${id}</span></a>`;
}

function outcomeText(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'Geplant, aber nicht ausgeführt.';
  if (outcome.kind === 'passed') return outcome.observed;
  if (outcome.kind === 'failed') return outcome.findings.map(({ title }) => title).join(' ');
  return outcome.kind === 'rigFault' ? outcome.message : outcome.reason;
}
