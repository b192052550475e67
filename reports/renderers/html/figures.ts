import type { Measurements } from '../../../core/model/outcome.ts';
import type { ReportedCheck } from '../../report-model.ts';
import type { Figure } from '../../texts/figures.ts';
import { entries } from './entries.ts';
import { html } from './html.ts';

export function measurementsOf({ outcome }: ReportedCheck): Measurements | undefined {
  return outcome !== undefined && 'measurements' in outcome ? outcome.measurements : undefined;
}

/** Figures side by side, each above what it is. */
export const figureList = (figures: readonly Figure[]) =>
  html`<div class="figures">${entries(figures.map(({ label, value }) => [label, value]))}</div>`;
