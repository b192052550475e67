import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Series } from '../../../core/model/outcome.ts';
import { curveWords as words } from '../../texts/report.ts';
import { numberText } from '../../texts/wording.ts';
import { html } from './html.ts';
import { scrollRegion } from './scroll-region.ts';

const size = { width: 800, height: 260, left: 64, right: 16, top: 16, bottom: 44 };
const floor = size.height - size.bottom;

/** One measured curve as SVG, with its figures as a table for those who do not see it. */
export function curve(series: Series) {
  const { name, unit } = series;
  return html`<figure>
    <figcaption>${name} (${unit})</figcaption>
    ${series.points.length === 0 ? html`<p>${words.empty}</p>` : html`${scrollRegion(words.curveOf(name), picture(series))}${table(series)}`}
  </figure>`;
}

function picture({ name, unit, points }: Series) {
  const x = scaleLinear()
    .domain([0, Math.max(1, ...points.map(([second]) => second))])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([Math.min(0, ...points.map(([, value]) => value)), Math.max(1, ...points.map(([, value]) => value))])
    .nice(4)
    .range([floor, size.top]);
  const path = line<readonly [number, number]>()
    .x(([second]) => x(second))
    .y(([, value]) => y(value))(points);
  return html`<svg class="curve" viewBox=${`0 0 ${size.width} ${size.height}`} role="img" aria-label=${describe(name, unit, points)}>
    ${y.ticks(4).map((tick) => html`<g><line class="grid" x1=${size.left} x2=${size.width - size.right} y1=${y(tick)} y2=${y(tick)} /><text x=${size.left - 8} y=${y(tick) + 4} text-anchor="end">${numberText(tick)}</text></g>`)}
    ${x.ticks(8).map((tick) => html`<text x=${x(tick)} y=${floor + 18} text-anchor="middle">${numberText(tick)}</text>`)}
    <line class="axis" x1=${size.left} x2=${size.width - size.right} y1=${floor} y2=${floor} />
    <text x=${(size.left + size.width) / 2} y=${size.height - 6} text-anchor="middle">${words.seconds}</text>
    <path class="line" d=${path ?? ''} />
  </svg>`;
}

function describe(name: string, unit: string, points: Series['points']): string {
  const values = points.map(([, value]) => value);
  const [low, high] = [numberText(Math.min(...values)), numberText(Math.max(...values))];
  return words.summary({ name, low, high, unit, count: words.points(values.length) });
}

function table({ name, unit, points }: Series) {
  const rows = points.map(
    ([second, value]) =>
      html`<tr><td class="number">${numberText(second)}</td><td class="number">${numberText(value)}</td></tr>`,
  );
  return html`<details class="screen">
    <summary>${words.table}<span class="unseen">: ${name}</span></summary>
    ${scrollRegion(
      words.tableOf(name),
      html`<table>
        <thead><tr><th scope="col" class="number">${words.second}</th><th scope="col" class="number">${name} (${unit})</th></tr></thead>
        <tbody>${rows}</tbody>
      </table>`,
    )}
  </details>`;
}
