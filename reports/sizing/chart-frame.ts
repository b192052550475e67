import { html } from '../renderers/html/html.ts';
import { numberText } from '../texts/wording.ts';

export const size = { width: 800, height: 340, left: 72, right: 150, top: 20, bottom: 48 };
export const plot = { x0: size.left, x1: size.width - size.right, y0: size.height - size.bottom, y1: size.top };

/** What is common to linear and logarithmic scales. */
export interface Scale {
  (value: number): number;
  ticks(count?: number): number[];
}

export interface FrameOptions {
  /** Read out in place of the picture. */
  readonly description: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly yTicks?: readonly number[];
}

/** Axes with their words; what is drawn comes inside. */
export function chartFrame({ description, x, y, xLabel, yLabel, yTicks = y.ticks(5) }: FrameOptions, content: unknown) {
  return html`<svg class="curve" viewBox=${`0 0 ${size.width} ${size.height}`} role="img" aria-label=${description}>
    ${yTicks.map((tick) => html`<g><line class="grid" x1=${plot.x0} x2=${plot.x1} y1=${y(tick)} y2=${y(tick)} /><text x=${plot.x0 - 8} y=${y(tick) + 4} text-anchor="end">${numberText(tick)}</text></g>`)}
    ${x.ticks(7).map((tick) => html`<text x=${x(tick)} y=${plot.y0 + 18} text-anchor="middle">${numberText(tick)}</text>`)}
    <line class="axis" x1=${plot.x0} x2=${plot.x1} y1=${plot.y0} y2=${plot.y0} />
    <text x=${(plot.x0 + plot.x1) / 2} y=${size.height - 8} text-anchor="middle">${xLabel}</text>
    <text transform=${`translate(16 ${(plot.y0 + plot.y1) / 2}) rotate(-90)`} text-anchor="middle">${yLabel}</text>
    ${content}
  </svg>`;
}

export interface EndLabel {
  readonly text: string;
  readonly y: number;
  readonly look: string;
}

const lineHeight = 16;

/** Names at the right end of their lines, moved apart so that they can be read. */
export function endLabels(labels: readonly EndLabel[]) {
  let lowest = Number.NEGATIVE_INFINITY;
  const placed = labels
    .toSorted((a, b) => a.y - b.y)
    .map((label) => {
      lowest = Math.max(label.y, lowest + lineHeight);
      return { ...label, y: lowest };
    });
  const overflow = Math.max(0, lowest - plot.y0);
  return placed.map(
    ({ text, y, look }) => html`<text class=${`name ${look}`} x=${plot.x1 + 8} y=${y + 4 - overflow}>${text}</text>`,
  );
}
