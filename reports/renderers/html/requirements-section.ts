import { areaKeys, type Requirement } from '../../../requirements/catalogue.ts';
import type { ReportModel } from '../../report-model.ts';
import { areaWords, confidenceWords, verificationWords } from '../../texts/de.ts';
import { reasonText } from '../../texts/reasons.ts';
import { outcomeBadge, verdictBadge } from './badge.ts';
import { html } from './html.ts';

type Row = ReportModel['verdicts'][number];

const urgency = { violated: 0, notAssessed: 1, accepted: 2, met: 3, notApplicable: 4 } as const;

/** The verdict on each requirement, area by area, what stands in the way first. */
export function requirementsSection({ verdicts }: ReportModel) {
  return html`<section aria-labelledby="anforderungen">
    <h2 id="anforderungen">Urteil je Anforderung</h2>
    ${areaKeys.map((key) =>
      area(
        key,
        verdicts.filter(({ requirement }) => requirement.id.startsWith(key)),
      ),
    )}
  </section>`;
}

function area(key: string, rows: readonly Row[]) {
  if (rows.length === 0) return null;
  const sorted = rows.toSorted((a, b) => urgency[a.verdict.kind] - urgency[b.verdict.kind]);
  return html`<section aria-labelledby=${`bereich-${key}`}>
    <h3 id=${`bereich-${key}`}>${areaWords[key] ?? key}</h3>
    ${sorted.map(requirementArticle)}
  </section>`;
}

function requirementArticle({ requirement, verdict }: Row) {
  return html`<article class="requirement" id=${requirement.id}>
    <h4><span>${requirement.id} ${requirement.title}</span> ${verdictBadge(verdict.kind)}</h4>
    ${verdict.reasons.length > 0 && html`<ul class="plain">${verdict.reasons.map((reason) => html`<li>${reasonText(reason)}</li>`)}</ul>`}
    <details>
      <summary>Erläuterung, Quellen und Prüfungen<span class="soft"> zu ${requirement.id}</span></summary>
      <p>${requirement.explanation}</p>
      <dl>
        <dt>Nachweis</dt><dd>${verificationWords[requirement.verification]}</dd>
        ${requirement.method !== undefined && html`<dt>Verfahren</dt><dd>${requirement.method}</dd>`}
        ${requirement.humanEvidence !== undefined && html`<dt>Von Menschen vorzulegen</dt><dd>${requirement.humanEvidence}</dd>`}
        <dt>Quellen</dt><dd>${sources(requirement)}</dd>
        <dt>Prüfungen</dt><dd>${checks(verdict)}</dd>
      </dl>
    </details>
  </article>`;
}

function sources({ sources: list }: Requirement) {
  return html`<ul class="plain">${list.map(
    ({ document, clause, edition, confidence }) =>
      html`<li>${[document, clause, edition].filter((part) => part !== undefined).join(', ')} <span class="soft">(${confidenceWords[confidence]})</span></li>`,
  )}</ul>`;
}

function checks({ checks: list }: Row['verdict']) {
  if (list.length === 0) return 'keine';
  return html`<ul class="plain">${list.map(({ id, outcome }) => html`<li><a href=${`#${id}`}>${id}</a>: ${outcomeBadge(outcome)}</li>`)}</ul>`;
}
