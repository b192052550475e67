import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Series } from '../../../core/model/outcome.ts';
import { numberText } from '../../texts/de.ts';
import { html } from './html.ts';

const size = { width: 800, height: 260, left: 64, right: 16, top: 16, bottom: 44 };

/** One measured curve as SVG, with its figures as a table for those who do not see it. */
export function curve({ name, unit, points }: Series) {
  const x = scaleLinear()
    .domain([0, Math.max(1, ...points.map(([second]) => second))])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...points.map(([, value]) => value))])
    .nice(4)
    .range([size.height - size.bottom, size.top]);
  const path = line<readonly [number, number]>()
    .x(([second]) => x(second))
    .y(([, value]) => y(value))(points);
  return html`<figure>
    <figcaption>${name} (${unit})</figcaption>
    <svg class="curve" viewBox=${`0 0 ${size.width} ${size.height}`} role="img" aria-label=${describe(name, unit, points)}>
      ${y.ticks(4).map((tick) => html`<g><line class="grid" x1=${size.left} x2=${size.width - size.right} y1=${y(tick)} y2=${y(tick)} /><text x=${size.left - 8} y=${y(tick) + 4} text-anchor="end">${numberText(tick)}</text></g>`)}
      ${x.ticks(8).map((tick) => html`<text x=${x(tick)} y=${size.height - size.bottom + 18} text-anchor="middle">${numberText(tick)}</text>`)}
      <line class="axis" x1=${size.left} x2=${size.width - size.right} y1=${size.height - size.bottom} y2=${size.height - size.bottom} />
      <text x=${(size.left + size.width) / 2} y=${size.height - 6} text-anchor="middle">Sekunden seit Beginn</text>
      <path class="line" d=${path ?? ''} />
    </svg>
    ${figures(name, unit, points)}
  </figure>`;
}

function describe(name: string, unit: string, points: Series['points']): string {
  const values = points.map(([, value]) => value);
  if (values.length === 0) return `${name}: keine Messwerte`;
  return `${name}: von ${numberText(Math.min(...values))} bis ${numberText(Math.max(...values))} ${unit}, ${values.length} Messpunkte; die Werte stehen in der Tabelle darunter`;
}

function figures(name: string, unit: string, points: Series['points']) {
  return html`<details>
    <summary>Werte als Tabelle<span class="soft">: ${name}</span></summary>
    <div class="scroll" role="region" aria-label=${`Werte: ${name}`} tabindex="0"><table>
      <thead><tr><th scope="col" class="number">Sekunde</th><th scope="col" class="number">${name} (${unit})</th></tr></thead>
      <tbody>${points.map(([second, value]) => html`<tr><td class="number">${numberText(second)}</td><td class="number">${numberText(value)}</td></tr>`)}</tbody>
    </table></div>
  </details>`;
}
