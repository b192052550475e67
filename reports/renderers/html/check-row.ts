import type { ReportedCheck } from '../../report-model.ts';
import { outcomeWords } from '../../texts/de.ts';
import { figureTexts } from '../../texts/figures.ts';
import { finding, measurement, page, check as words } from '../../texts/report.ts';
import { standingText } from '../../texts/standing.ts';
import { capitalised, durationText } from '../../texts/wording.ts';
import { outcomeSign } from './badge.ts';
import { entries } from './entries.ts';
import { evidenceLinks } from './evidence.ts';
import { measurementsOf } from './figures.ts';
import { html } from './html.ts';
import { requirementLinks } from './requirement-links.ts';
import { sequence } from './sequence.ts';

/** One line where all is well; otherwise what happened stands below it. */
export function checkRow(check: ReportedCheck, text: string) {
  const { id, title, outcome, durationMs, requirements } = check;
  const kind = outcome?.kind ?? 'notRun';
  const isPassed = kind === 'passed';
  return html`<li class="row" id=${id}>
    <details>
      <summary>${outcomeSign(kind)} ${title}</summary>
      <div class="more">${entries([
        [finding.observed, isPassed && text],
        [words.id, html`<code>${id}</code>`],
        [words.requirements, requirementLinks(requirements)],
        [words.rule, ruleOf(check)],
        [words.standing, standingText(check)],
        [finding.evidence, evidenceLinks(check) ?? finding.noEvidence],
        [words.duration, durationText(durationMs)],
        [measurement.heading, figuresOf(check)],
      ])}${sequence(check)}</div>
    </details>
    ${!isPassed && html`<p class="told"><strong class=${kind}>${capitalised(outcomeWords[kind].word)}:</strong> ${text}</p>`}
  </li>`;
}

function figuresOf(check: ReportedCheck): string {
  const figures = figureTexts(measurementsOf(check)?.figures ?? {});
  return figures.map(({ label, value }) => `${label}: ${value}`).join('\n');
}

/** Only an https address becomes a link: the rule's text comes from a file that anyone may write. */
function ruleOf({ spec, id }: ReportedCheck) {
  if (!spec?.startsWith('https://')) return spec;
  return html`<a href=${spec}>${spec}<span class="unseen">${page.more(id)}</span></a>`;
}
