import type { KnownDeviation } from '../../../core/model/finding.ts';
import type { ReportModel } from '../../report-model.ts';
import { headings, finding as words } from '../../texts/report.ts';
import { dateText } from '../../texts/wording.ts';
import { entries } from './entries.ts';
import { evidenceLinks } from './evidence.ts';
import { html } from './html.ts';
import { type NumberedFinding, numberedFindings } from './numbered-findings.ts';
import { requirementLinks } from './requirement-links.ts';

/** Every deviation with what was expected, what was observed, and the request that showed it. */
export function findingsSection(model: ReportModel) {
  const found = numberedFindings(model);
  return html`<section aria-labelledby="abweichungen">
    <h2 id="abweichungen">${headings.findings}</h2>
    ${found.length === 0 ? html`<p>${words.none}</p>` : found.map(findingArticle)}
  </section>`;
}

const knownText = ({ issue, reason, until }: KnownDeviation) =>
  html`${words.acceptedUntil(dateText(until))} ${reason} <a href=${issue}>${issue}</a>`;

function findingArticle({ anchor, check, finding }: NumberedFinding, index: number) {
  return html`<article class="finding" id=${anchor} aria-labelledby=${`${anchor}-titel`}>
    <h3 id=${`${anchor}-titel`}>${index + 1}. ${finding.title}</h3>
    ${entries([
      [words.expected, finding.expected],
      [words.observed, finding.observed],
      [words.where, html`<code>${finding.where}</code>`],
      [words.request, finding.request && html`<code>${finding.request}</code>`],
      [words.known, finding.known && knownText(finding.known)],
      [words.requirements, requirementLinks(finding.concerns ?? check.requirements)],
      [words.check, html`<a href=${`#${check.id}`}>${check.title}</a>`],
      [words.evidence, evidenceLinks(check) ?? words.noEvidence],
    ])}
  </article>`;
}
