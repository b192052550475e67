import { html } from './html.ts';

/** What is wider than a phone scrolls in itself, also by keyboard, so that the page never does. */
export function scrollRegion(label: string, content: unknown) {
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0">${content}</div>`;
}
