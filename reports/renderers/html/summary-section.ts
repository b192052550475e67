import type { VerdictKind } from '../../../core/judge/verdict.ts';
import type { ReportModel } from '../../report-model.ts';
import { decisionWords, providerWords, stageWords, timeText, verdictWords } from '../../texts/de.ts';
import { html } from './html.ts';

const shown: readonly VerdictKind[] = ['met', 'violated', 'notAssessed', 'notApplicable', 'accepted'];

/** Title, decision and counts: what a person in a hurry needs. */
export function summarySection(model: ReportModel) {
  const { run } = model;
  return html`<header>
    <h1>Abnahmebericht: ${run.target.name}</h1>
    <p class="soft">Stufe ${stageWords[run.stage] ?? run.stage} · ${timeText(run.startedAt)} · ${providerWords[run.target.provider]} · Lauf ${run.runId}</p>
    ${decision(model)} ${unsound(model)}
    <ul class="counts">${shown.map((kind) => countItem(model, kind))}</ul>
    ${shareBar(model)}
  </header>`;
}

function decision({ exitCode }: ReportModel) {
  const { head, text } = decisionWords[exitCode];
  const look = { 0: 'go', 1: 'stop', 3: 'open' }[exitCode];
  return html`<section class=${`decision ${look}`} aria-labelledby="urteil"><h2 id="urteil">${head}</h2><p>${text}</p></section>`;
}

/** A run that broke off or whose journal was altered says so before anything else. */
function unsound({ finished, journal }: ReportModel) {
  const notes = [
    ...(finished === undefined
      ? ['Der Lauf ist vor seinem Ende abgebrochen. Dieser Bericht zeigt, was bis dahin festgestellt war.']
      : []),
    ...(finished?.interrupted ? ['Der Lauf wurde von Hand unterbrochen.'] : []),
    ...journal.problems.map((problem) => `Das Protokoll ist nicht unversehrt: ${problem}.`),
  ];
  if (notes.length === 0) return null;
  return html`<section class="decision stop" aria-label="Hinweis zum Lauf">${notes.map((note) => html`<p><strong>${note}</strong></p>`)}</section>`;
}

function countItem({ verdictCounts }: ReportModel, kind: VerdictKind) {
  return html`<li class=${kind}><strong>${verdictCounts[kind]}</strong> ${verdictWords[kind].word}</li>`;
}

function shareBar({ verdictCounts, verdicts }: ReportModel) {
  let x = 0;
  const parts = shown.flatMap((kind) => {
    const width = (verdictCounts[kind] / Math.max(1, verdicts.length)) * 1000;
    x += width;
    return width > 0
      ? [html`<rect class=${kind} x=${x - width} y="0" width=${Math.max(0, width - 2)} height="20" />`]
      : [];
  });
  const label = shown.map((kind) => `${verdictCounts[kind]} ${verdictWords[kind].word}`).join(', ');
  return html`<svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label=${`Von ${verdicts.length} Anforderungen: ${label}`}>${parts}</svg>`;
}
