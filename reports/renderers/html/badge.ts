import type { VerdictKind } from '../../../core/judge/verdict.ts';
import type { OutcomeKind } from '../../../core/model/outcome.ts';
import { outcomeWords, verdictWords } from '../../texts/de.ts';
import { html } from './html.ts';

/** Sign, word and colour together. */
export const outcomeBadge = (kind: OutcomeKind | 'notRun') => badge(kind, outcomeWords[kind]);

/** In a list that says the word elsewhere: the sign for the eye, the word for the ear. */
export const verdictSign = (kind: VerdictKind) => signOnly(kind, verdictWords[kind]);

export const outcomeSign = (kind: OutcomeKind | 'notRun') => signOnly(kind, outcomeWords[kind]);

function signOnly(look: string, { sign, word }: { readonly sign: string; readonly word: string }) {
  return html`<span class=${`sign ${look}`}><span aria-hidden="true">${sign}</span><span class="unseen">${word}:</span></span>`;
}

function badge(look: string, { sign, word }: { readonly sign: string; readonly word: string }) {
  return html`<span class=${`badge ${look}`}><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
