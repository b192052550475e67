import { line } from 'd3-shape';
import { html } from '../renderers/html/html.ts';
import { endLabels, type Scale } from './chart-frame.ts';

export interface NamedLine {
  readonly name: string;
  /** Tells lines apart by stroke and mark, not by colour alone. */
  readonly look: 'first' | 'second' | 'third' | 'fourth' | 'fifth';
  readonly points: readonly (readonly [users: number, value: number])[];
}

export const looks = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

/** Lines over the number of people, each with its name at its end and a mark at each step. */
export function namedLines(lines: readonly NamedLine[], x: Scale, y: Scale) {
  const path = line<readonly [number, number]>()
    .x(([users]) => x(users))
    .y(([, value]) => y(value));
  const labels = lines.flatMap(({ name, look, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ text: name, look, y: y(last[1]) }];
  });
  return html`<g>
    ${lines.map(
      ({ look, points }) => html`<g>
        <path class=${`line ${look}`} d=${path([...points]) ?? ''} />
        ${points.map(([users, value]) => html`<circle class=${`mark ${look}`} cx=${x(users)} cy=${y(value)} r="4" />`)}
      </g>`,
    )}
    ${endLabels(labels)}
  </g>`;
}
