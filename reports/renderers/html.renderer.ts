import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Renderer } from '../renderer.ts';
import type { ReportModel } from '../report-model.ts';
import { checksSection } from './html/checks-section.ts';
import { findingsSection } from './html/findings-section.ts';
import { html } from './html/html.ts';
import { loadSection } from './html/load-section.ts';
import { requirementsSection } from './html/requirements-section.ts';
import { runSection } from './html/run-section.ts';
import { screenshotsSection } from './html/screenshots-section.ts';
import { style } from './html/style.ts';
import { summarySection } from './html/summary-section.ts';

/** The report for people: one file, readable without scripts, printable. */
export const htmlRenderer: Renderer = {
  format: 'html',
  file: 'index.html',
  render: (model) => `<!DOCTYPE html>\n${renderToStaticMarkup(page(model))}\n`,
};

function page(model: ReportModel) {
  const sections = [
    ['anforderungen', 'Urteil je Anforderung', requirementsSection(model)],
    ['abweichungen', 'Abweichungen', findingsSection(model)],
    ['messungen', 'Messungen unter Last', loadSection(model)],
    ['bilder', 'So sah der Client aus', screenshotsSection(model)],
    ['pruefungen', 'Alle Prüfungen', checksSection(model)],
    ['lauf', 'Über diesen Lauf', runSection(model)],
  ] as const;
  const shown = sections.filter(([, , content]) => content !== null);
  return html`<html lang="de">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Abnahmebericht ${model.run.target.name}, ${model.run.runId}</title>
      <style dangerouslySetInnerHTML=${{ __html: style }}></style>
    </head>
    <body>
      <a class="skip" href="#inhalt">Zum Inhalt springen</a>
      <main id="inhalt">
        ${summarySection(model)}
        <nav aria-label="Inhalt"><ul>${shown.map(([id, title]) => html`<li><a href=${`#${id}`}>${title}</a></li>`)}</ul></nav>
        ${shown.map(([, , content]) => content)}
      </main>
    </body>
  </html>`;
}
