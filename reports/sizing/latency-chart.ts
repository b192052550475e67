import { scaleLinear, scaleLog } from 'd3-scale';
import type { Sizing } from '../../core/model/sizing.ts';
import { html } from '../renderers/html/html.ts';
import { sizingWords as words } from '../texts/sizing.ts';
import { numberText } from '../texts/wording.ts';
import { chartFrame, plot } from './chart-frame.ts';
import { type NamedLine, namedLines } from './lines-chart.ts';

const percentiles = [
  ['P50', 'p50Ms', 'first'],
  ['P95', 'p95Ms', 'second'],
  ['P99', 'p99Ms', 'third'],
] as const;

/** Time to delivery by step, logarithmic because it grows by orders where a limit breaks. */
export function latencyChart({ steps, limits }: Sizing) {
  const lines = percentiles.map(([name, key, look]): NamedLine => {
    const points = steps.flatMap(({ users, delivery }) => {
      const ms = delivery[key];
      return ms === null ? [] : [[users, Math.max(1, ms)] as const];
    });
    return { name, look, points };
  });
  const values = lines.flatMap(({ points }) => points.map(([, ms]) => ms));
  if (values.length === 0) return html`<p>${words.noLatency}</p>`;
  const limit = limits.deliveryP95Ms;
  const x = scaleLinear()
    .domain([0, Math.max(1, ...steps.map(({ users }) => users)) * 1.04])
    .range([plot.x0, plot.x1]);
  const least = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(limit ?? 1, ...values) * 1.001));
  const y = scaleLog().domain([least, most]).range([plot.y0, plot.y1]);
  const yTicks = y.ticks().filter((tick) => /^[125]0*$/.test(String(Math.round(tick))));
  const at = (name: string) => lines.find((one) => one.name === name)?.points.at(-1)?.[1];
  const description = `${words.latencyChart}: P95 ${numberText(at('P95') ?? 0)} ms in der höchsten Stufe.`;
  return chartFrame(
    { description, x, y, xLabel: words.users, yLabel: words.latency, yTicks },
    html`${limit !== null && html`<g><line class="limit" x1=${plot.x0} x2=${plot.x1} y1=${y(limit)} y2=${y(limit)} /><text x=${plot.x0 + 6} y=${y(limit) - 6}>${words.limit} ${numberText(limit)} ms</text></g>`}${namedLines(lines, x, y)}`,
  );
}
