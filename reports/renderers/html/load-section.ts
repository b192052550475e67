import type { Measurements } from '../../../core/model/outcome.ts';
import type { ReportedCheck, ReportModel } from '../../report-model.ts';
import { figureText } from '../../texts/figures.ts';
import { headings } from '../../texts/report.ts';
import { outcomeBadge } from './badge.ts';
import { curve } from './curve.ts';
import { entries } from './entries.ts';
import { html } from './html.ts';

/** Figures and curves of every check that measured something. */
export function loadSection({ checks }: ReportModel) {
  const measured = checks.flatMap((check) => {
    const measurements = measurementsOf(check);
    return measurements ? [{ check, measurements }] : [];
  });
  if (measured.length === 0) return null;
  return html`<section aria-labelledby="messungen">
    <h2 id="messungen">${headings.measurements}</h2>
    ${measured.map(({ check, measurements }) => measuredArticle(check, measurements))}
  </section>`;
}

function measurementsOf({ outcome }: ReportedCheck): Measurements | undefined {
  return outcome !== undefined && 'measurements' in outcome ? outcome.measurements : undefined;
}

function measuredArticle({ id, title, outcome }: ReportedCheck, { figures, series = [] }: Measurements) {
  const texts = Object.entries(figures).map(([key, value]) => figureText(key, value));
  return html`<article>
    <h3><a href=${`#${id}`}>${title}</a> ${outcomeBadge(outcome?.kind ?? 'notRun')}</h3>
    <div class="figures">${entries(texts.map(({ label, value }) => [label, value]))}</div>
    ${series.map(curve)}
  </article>`;
}
