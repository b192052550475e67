import type { ReportModel } from '../../report-model.ts';
import { openCauseOf, openCauses, openCauseWords } from '../../texts/open-questions.ts';
import { headings, inTheWay as words } from '../../texts/report.ts';
import { groupedFindings } from './grouped-findings.ts';
import { html } from './html.ts';
import { requirementLinks } from './requirement-links.ts';

type Row = ReportModel['verdicts'][number];

/** What somebody has to do something about: violations by name, missing evidence by cause. */
export function inTheWaySection(model: ReportModel) {
  const violated = model.verdicts.filter(({ verdict }) => verdict.kind === 'violated');
  const open = model.verdicts.filter(({ verdict }) => verdict.kind === 'notAssessed');
  return html`<section aria-labelledby="im-weg">
    <h2 id="im-weg">${headings.inTheWay}</h2>
    ${model.verdicts.length === 0 && html`<p>${words.noJudgement}</p>`}
    ${model.verdicts.length > 0 && violated.length + open.length === 0 && html`<p>${words.nothing}</p>`}
    ${violated.length > 0 && violatedList(model, violated)}
    ${open.length > 0 && openList(open)}
  </section>`;
}

function violatedList(model: ReportModel, rows: readonly Row[]) {
  return html`<h3>${words.violated}</h3>
    <ul class="blocking">${rows.map(
      ({ requirement, verdict }) => html`<li><a href=${`#${requirement.id}`}>${requirement.id}</a> ${requirement.title}
        ${groupedFindings(model, newOnes(verdict.findings))}</li>`,
    )}</ul>`;
}

/** What is known and accepted stands in nobody's way. */
const newOnes = (findings: Row['verdict']['findings']) => findings.filter(({ known }) => known === undefined);

function openList(rows: readonly Row[]) {
  const groups = openCauses
    .map((cause) => ({ ...openCauseWords[cause], members: rows.filter((row) => openCauseOf(row) === cause) }))
    .filter(({ members }) => members.length > 0);
  return html`<h3>${words.notAssessed}</h3>
    <ul class="blocking">${groups.map(
      ({ head, next, members }) => html`<li><strong>${members.length} ${head}.</strong> ${next}
        <details><summary>${words.which}<span class="unseen">: ${head}</span></summary>${requirementLinks(members.map(({ requirement }) => requirement.id))}</details></li>`,
    )}</ul>`;
}
