import type { Measurements } from '../../../core/model/outcome.ts';
import type { ReportedCheck, ReportModel } from '../../report-model.ts';
import { figureText } from '../../texts/figures.ts';
import { curve } from './curve.ts';
import { html } from './html.ts';

/** Figures and curves of every check that measured something. */
export function loadSection({ checks }: ReportModel) {
  const measured = checks.flatMap((check) => {
    const measurements = measurementsOf(check);
    return measurements ? [{ check, measurements }] : [];
  });
  if (measured.length === 0) return null;
  return html`<section aria-labelledby="messungen">
    <h2 id="messungen">Messungen unter Last</h2>
    ${measured.map(({ check, measurements }) => measuredArticle(check, measurements))}
  </section>`;
}

function measurementsOf({ outcome }: ReportedCheck): Measurements | undefined {
  return outcome !== undefined && 'measurements' in outcome ? outcome.measurements : undefined;
}

function measuredArticle(check: ReportedCheck, { figures, series = [] }: Measurements) {
  return html`<article>
    <h3>${check.title}</h3>
    <dl>${Object.entries(figures).map(([key, value]) => {
      const { label, value: text } = figureText(key, value);
      return html`<dt>${label}</dt><dd>${text}</dd>`;
    })}</dl>
    ${series.map(curve)}
  </article>`;
}
