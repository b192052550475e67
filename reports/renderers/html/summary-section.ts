import type { VerdictKind } from '../../../core/judge/verdict.ts';
import type { ReportModel } from '../../report-model.ts';
import { providerWords, stageWord, verdictOrder, verdictWords } from '../../texts/de.ts';
import { absentText, decisionOn, reservations, subjectText } from '../../texts/decision.ts';
import { page } from '../../texts/report.ts';
import { timeText } from '../../texts/wording.ts';
import { html } from './html.ts';

/** Title, decision and counts: what a person in a hurry needs. */
export function summarySection(model: ReportModel) {
  const { run } = model;
  const facts = [
    page.stage(stageWord(run.stage)),
    timeText(run.startedAt),
    providerWords[run.target.provider],
    page.run(run.runId),
  ];
  return html`<header>
    <h1>${page.title(run.target.name)}</h1>
    <p class="soft">${facts.join(' · ')}</p>
    ${decision(model)} ${subject(model)}
    ${model.verdicts.length > 0 && counts(model)}
  </header>`;
}

function decision(model: ReportModel) {
  const { look, head, text } = decisionOn(model);
  const notes = reservations(model);
  return html`<section class=${`decision ${look}`} aria-labelledby="urteil">
    <h2 id="urteil">${head}</h2>
    <p>${text}</p>
    ${notes.length > 0 && html`<p><strong>${page.reservations}</strong></p><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
  </section>`;
}

function subject(model: ReportModel) {
  const { length } = model.run.target.absentComponents;
  return html`<p>${subjectText(model)}${length > 0 && html` ${absentText(length)} <a href="#fehlt">${page.absentLink}</a>`}</p>`;
}

const alwaysShown: readonly VerdictKind[] = ['violated', 'notAssessed', 'met'];

function counts(model: ReportModel) {
  const { verdictCounts } = model;
  const shown = verdictOrder.filter((kind) => alwaysShown.includes(kind) || verdictCounts[kind] > 0);
  return html`<ul class="counts">${shown.map((kind) => {
    const { sign, word } = verdictWords[kind];
    return html`<li class=${kind}><strong><span aria-hidden="true">${sign}</span> ${verdictCounts[kind]}</strong> ${word}</li>`;
  })}</ul>
    ${shareBar(model)}
    <details class="screen"><summary>${page.meanings}</summary><ul class="plain">${shown.map((kind) => html`<li><strong class=${kind}>${verdictWords[kind].word}</strong>: ${verdictWords[kind].meaning}</li>`)}</ul></details>`;
}

/** A picture of the counts above it, so nothing to read for those who cannot see it. */
function shareBar({ verdictCounts, verdicts }: ReportModel) {
  let x = 0;
  const parts = verdictOrder.flatMap((kind) => {
    const width = (verdictCounts[kind] / verdicts.length) * 1000;
    x += width;
    return width > 0
      ? [html`<rect class=${kind} x=${x - width} y="0" width=${Math.max(1, width - 3)} height="20" />`]
      : [];
  });
  return html`<svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
