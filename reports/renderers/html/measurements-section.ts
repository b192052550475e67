import type { Measurements, Series } from '../../../core/model/outcome.ts';
import type { ReportedCheck, ReportModel } from '../../report-model.ts';
import { figureTexts } from '../../texts/figures.ts';
import { headings, measurement as words } from '../../texts/report.ts';
import { outcomeBadge } from './badge.ts';
import { curve } from './curve.ts';
import { figureList, measurementsOf } from './figures.ts';
import { html } from './html.ts';

/** Figures and curves of every check that measured over time; single figures stand with their check. */
export function measurementsSection({ checks }: ReportModel) {
  const articles = checks.flatMap((check) => {
    const { figures = {}, series = [] } = measurementsOf(check) ?? {};
    return series.length > 0 ? [measuredArticle(check, figures, series)] : [];
  });
  if (articles.length === 0) return null;
  return html`<section aria-labelledby="messungen">
    <h2 id="messungen">${headings.measurements}</h2>
    ${articles}
  </section>`;
}

function measuredArticle(
  { id, title, outcome }: ReportedCheck,
  figures: Measurements['figures'],
  series: readonly Series[],
) {
  const texts = figureTexts(figures);
  const generator = texts.filter(({ group }) => group === 'generator');
  return html`<article>
    <h3><a href=${`#${id}`}>${title}</a> ${outcomeBadge(outcome?.kind ?? 'notRun')}</h3>
    ${figureList(texts.filter(({ group }) => group === 'result'))}
    ${series.map(curve)}
    ${generator.length > 0 && html`<details class="screen"><summary>${words.generator}</summary>${figureList(generator)}</details>`}
  </article>`;
}
