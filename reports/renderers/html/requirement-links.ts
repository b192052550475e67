import { html } from './html.ts';

export function requirementLinks(ids: readonly string[]) {
  return html`<ul class="inline">${ids.map((id) => html`<li><a href=${`#${id}`}>${id}</a></li>`)}</ul>`;
}
