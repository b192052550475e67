import type { VerdictKind } from '../../../core/judge/verdict.ts';
import type { OutcomeKind } from '../../../core/model/outcome.ts';
import { outcomeWords, verdictWords } from '../../texts/de.ts';
import { html } from './html.ts';

/** Sign, word and colour together. */
export function verdictBadge(kind: VerdictKind) {
  const { sign, word } = verdictWords[kind];
  return html`<span class=${`badge ${kind}`}><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

export function outcomeBadge(kind: OutcomeKind | 'notRun') {
  const { sign, word } = outcomeWords[kind];
  return html`<span class=${`badge ${kind}`}><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
