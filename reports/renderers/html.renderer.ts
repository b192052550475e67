import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Renderer } from '../renderer.ts';
import type { ReportModel } from '../report-model.ts';
import { headings, page as words } from '../texts/report.ts';
import { visibleIn } from '../visible-text.ts';
import { areasSection } from './html/areas-section.ts';
import { checksSection } from './html/checks-section.ts';
import { findingsSection } from './html/findings-section.ts';
import { html } from './html/html.ts';
import { inTheWaySection } from './html/in-the-way-section.ts';
import { measurementsSection } from './html/measurements-section.ts';
import { pageHead } from './html/page-head.ts';
import { requirementsSection } from './html/requirements-section.ts';
import { runSection } from './html/run-section.ts';
import { screenshotsSection } from './html/screenshots-section.ts';
import { style } from './html/style.ts';
import { summarySection } from './html/summary-section.ts';

/** The report for people: one file, readable without scripts, printable. */
export const htmlRenderer: Renderer = {
  format: 'html',
  file: 'index.html',
  render: (model) => `<!DOCTYPE html>\n${renderToStaticMarkup(page(visibleIn(model)))}\n`,
};

function page(model: ReportModel) {
  const sections = [
    ['im-weg', headings.inTheWay, inTheWaySection(model)],
    ['bereiche', headings.areas, areasSection(model)],
    ['anforderungen', headings.requirements, requirementsSection(model)],
    ['abweichungen', headings.findings, findingsSection(model)],
    ['messungen', headings.measurements, measurementsSection(model)],
    ['bilder', headings.screenshots, screenshotsSection(model)],
    ['pruefungen', headings.checks, checksSection(model)],
    ['lauf', headings.run, runSection(model)],
  ] as const;
  const shown = sections.filter(([, , content]) => content !== null);
  return html`<html lang="de">
    ${pageHead({ title: words.title(model.run.target.name), style, pictures: "'self' data:" })}
    <body>
      <a class="skip" href="#inhalt">${words.skip}</a>
      <main id="inhalt" tabindex="-1">
        ${summarySection(model)}
        <nav aria-label=${words.contents}><ul>${shown.map(([id, title]) => html`<li><a href=${`#${id}`}>${title}</a></li>`)}</ul></nav>
        ${shown.map(([, , content]) => content)}
      </main>
    </body>
  </html>`;
}
