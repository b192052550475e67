import { scaleLinear } from 'd3-scale';
import type { Sizing } from '../../core/model/sizing.ts';
import { html } from '../renderers/html/html.ts';
import { resourceWords, sizingWords as words } from '../texts/sizing.ts';
import { numberText } from '../texts/wording.ts';
import { chartFrame, plot } from './chart-frame.ts';
import { looks, type NamedLine, namedLines } from './lines-chart.ts';

/** Use of each resource by step; what comes near 100 % gives way. */
export function resourceChart({ steps }: Sizing) {
  const names = busiestFirst(steps);
  if (names.length === 0) return html`<p>${words.noServer}</p>`;
  const lines = names.slice(0, looks.length).map(
    (resource, index): NamedLine => ({
      name: shortName(resource),
      look: looks[index] ?? 'fifth',
      points: steps.flatMap(({ users, utilisation }) => {
        const share = utilisation[resource];
        return share === undefined ? [] : [[users, 100 * share] as const];
      }),
    }),
  );
  const x = scaleLinear()
    .domain([0, Math.max(1, ...steps.map(({ users }) => users)) * 1.04])
    .range([plot.x0, plot.x1]);
  const y = scaleLinear().domain([0, 105]).range([plot.y0, plot.y1]).clamp(true);
  const [busiest] = lines;
  const description = `${words.resourceChart}: ${busiest?.name ?? ''} ${numberText(Math.round(busiest?.points.at(-1)?.[1] ?? 0))} % in der höchsten Stufe.`;
  return chartFrame(
    { description, x, y, xLabel: words.users, yLabel: words.utilisation, yTicks: [0, 25, 50, 75, 100] },
    namedLines(lines, x, y),
  );
}

function busiestFirst(steps: Sizing['steps']): string[] {
  const names = [...new Set(steps.flatMap(({ utilisation }) => Object.keys(utilisation)))];
  const most = (name: string) => Math.max(0, ...steps.map(({ utilisation }) => utilisation[name] ?? 0));
  return names.toSorted((a, b) => most(b) - most(a));
}

const shortNames: Readonly<Record<string, string>> = {
  'server cores': 'Server zusammen',
  'postgres connections': 'DB-Verbindungen',
};

/** Without what stands in brackets; there is little room at the end of a line. */
const shortName = (resource: string) => shortNames[resource] ?? resourceWords(resource).replace(/ \(.*$/, '');
