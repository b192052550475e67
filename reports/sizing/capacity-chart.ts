import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { CurvePoint, Sizing, SizingStep } from '../../core/model/sizing.ts';
import { html } from '../renderers/html/html.ts';
import { carriedSentence, sizingWords as words } from '../texts/sizing.ts';
import { chartFrame, endLabels, plot, type Scale } from './chart-frame.ts';

/** Throughput of each step with its interval, the fitted curve and its band, and the knee. */
export function capacityChart(sizing: Sizing) {
  const { steps, curve } = sizing;
  const x = scaleLinear()
    .domain([0, Math.max(1, ...steps.map(({ users }) => users)) * 1.04])
    .range([plot.x0, plot.x1]);
  const highest = [
    ...steps.map(topOf),
    ...steps.map(({ offered }) => offered),
    ...curve.map(({ throughput }) => throughput * 1.1),
  ];
  const y = scaleLinear()
    .domain([0, Math.max(1, ...highest)])
    .nice(5)
    .range([plot.y0, plot.y1])
    // A band that is wider than anything measured must not leave the picture.
    .clamp(true);
  const description = `${words.capacityChart}. ${carriedSentence(sizing)}.`;
  return chartFrame(
    { description, x, y, xLabel: words.users, yLabel: words.throughput },
    html`${kneeLine(sizing, x)}${fitted(sizing, x, y)}${steps.map((step) => point(step, x, y))}`,
  );
}

const topOf = ({ throughput, throughputInterval }: SizingStep) => throughputInterval?.high ?? throughput;

function fitted({ curve, steps }: Sizing, x: Scale, y: Scale) {
  const [last, highest] = [curve.at(-1), steps.at(-1)];
  if (last === undefined || highest === undefined) return null;
  const band = area<CurvePoint>()
    .x(({ users }) => x(users))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high))([...curve]);
  const path = line<CurvePoint>()
    .x(({ users }) => x(users))
    .y(({ throughput }) => y(throughput))([...curve]);
  const planned = line<SizingStep>()
    .x(({ users }) => x(users))
    .y(({ offered }) => y(offered))([...steps]);
  return html`<g>
    <path class="band" d=${band ?? ''} />
    <path class="line planned" d=${planned ?? ''} />
    <path class="line" d=${path ?? ''} />
    ${endLabels([
      { text: words.planned, y: y(highest.offered), look: 'planned' },
      { text: words.fit, y: y(last.throughput), look: 'first' },
    ])}
  </g>`;
}

function kneeLine({ knee }: Sizing, x: Scale) {
  if (knee.high === null || knee.users === 0) return null;
  const [from, to] = [x(knee.users), x(knee.high)];
  return html`<g>
    <rect class="knee" x=${from} width=${Math.max(1, to - from)} y=${plot.y1} height=${plot.y0 - plot.y1} />
    <text x=${from - 6} y=${plot.y1 + 14} text-anchor="end">${words.kneeLine}</text>
  </g>`;
}

/** A full circle held; a cross broke a limit. */
function point({ users, throughput, throughputInterval, broken }: SizingStep, x: Scale, y: Scale) {
  const [cx, cy] = [x(users), y(throughput)];
  const cross = `M${cx - 6},${cy - 6} L${cx + 6},${cy + 6} M${cx - 6},${cy + 6} L${cx + 6},${cy - 6}`;
  return html`<g>
    ${throughputInterval && html`<line class="whisker" x1=${cx} x2=${cx} y1=${y(Math.max(0, throughputInterval.low))} y2=${y(throughputInterval.high)} />`}
    ${broken ? html`<path class="cross" d=${cross} />` : html`<circle class="dot" cx=${cx} cy=${cy} r="5" />`}
  </g>`;
}
