import type { Reason } from '../../../core/judge/verdict.ts';
import type { Requirement } from '../../../requirements/catalogue.ts';
import type { ReportModel } from '../../report-model.ts';
import { confidenceWords, verificationWords } from '../../texts/de.ts';
import { reasonWords } from '../../texts/reasons.ts';
import { requirement as words } from '../../texts/report.ts';
import { outcomeBadge, verdictSign } from './badge.ts';
import { entries } from './entries.ts';
import { groupedFindings } from './grouped-findings.ts';
import { html } from './html.ts';

type Row = ReportModel['verdicts'][number];

/** One line; everything else folds out. What is violated is open from the start. */
export function requirementRow(model: ReportModel, row: Row) {
  const { requirement, verdict } = row;
  return html`<li class="row" id=${requirement.id}>
    <details open=${verdict.kind === 'violated'}>
      <summary>${verdictSign(verdict.kind)} <span class="id">${requirement.id}</span> ${requirement.title}</summary>
      ${reasonList(model, verdict)}
      <div class="more"><p>${requirement.explanation}</p>
      ${entries([
        [words.by, verificationWords[requirement.verification]],
        [words.method, requirement.method],
        [words.human, requirement.humanEvidence],
        [words.sources, sources(requirement)],
        [words.checks, checksOf(model, row)],
      ])}</div>
    </details>
  </li>`;
}

/** That no check exists already stands above the whole group. */
function reasonList(model: ReportModel, { reasons, findings }: Row['verdict']) {
  const unknown = findings.filter(({ known }) => known === undefined);
  const telling = reasons.filter(({ kind }) => kind !== 'noCheck' && kind !== 'finding');
  if (telling.length + unknown.length === 0) return null;
  return html`<ul class="reasons">${unknown.length > 0 && html`<li><strong>${words.deviations}:</strong> ${groupedFindings(model, unknown)}</li>`}${telling.map((reason) => reasonItem(model, reason))}</ul>`;
}

function reasonItem(model: ReportModel, reason: Reason) {
  const { head, text } = reasonWords(reason);
  return html`<li><strong>${head}:</strong> ${reasonLink(model, reason, text)}</li>`;
}

/** What a check said leads to the check. */
function reasonLink(model: ReportModel, reason: Reason, text: string) {
  if (!('check' in reason)) return text;
  const title = model.checks.find(({ id }) => id === reason.check)?.title ?? reason.check;
  return html`${text} ${words.check} <a href=${`#${reason.check}`}>${title}</a>`;
}

function sources({ sources: list }: Requirement) {
  return html`<ul class="plain">${list.map(
    ({ document, clause, edition, confidence }) =>
      html`<li>${[document, clause, edition].filter((part) => part !== undefined).join(', ')} <span class="soft">(${confidenceWords[confidence]})</span></li>`,
  )}</ul>`;
}

/** What did not pass by name; a long list of what did is folded. */
function checksOf({ checks }: ReportModel, { verdict }: Row) {
  if (verdict.checks.length === 0) return words.noChecks;
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const list = (shown: Row['verdict']['checks']) =>
    html`<ul class="plain">${shown.map(
      ({ id, outcome }) => html`<li>${outcomeBadge(outcome)}: <a href=${`#${id}`}>${titles.get(id) ?? id}</a></li>`,
    )}</ul>`;
  const passed = verdict.checks.filter(({ outcome }) => outcome === 'passed');
  const others = verdict.checks.filter(({ outcome }) => outcome !== 'passed');
  if (passed.length <= mostUnfolded) return list([...others, ...passed]);
  return html`${others.length > 0 && list(others)}<details class="screen"><summary>${words.passedChecks(passed.length)}</summary>${list(passed)}</details>`;
}

const mostUnfolded = 5;
