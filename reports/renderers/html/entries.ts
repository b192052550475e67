import { html } from './html.ts';

/** A definition list; entries without content are left out. */
export function entries(list: readonly (readonly [term: string, content: unknown])[]) {
  const shown = list.filter(([, content]) => content !== undefined && content !== false && content !== '');
  return html`<dl>${shown.map(([term, content]) => html`<div><dt>${term}</dt><dd>${content}</dd></div>`)}</dl>`;
}
