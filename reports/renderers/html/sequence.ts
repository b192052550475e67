import type { Sequence, SequenceStep } from '../../../core/model/sequence.ts';
import type { ReportedCheck } from '../../report-model.ts';
import { sequenceWords as words } from '../../texts/report.ts';
import { html } from './html.ts';
import { scrollRegion } from './scroll-region.ts';

const top = 34;
const row = 24;
const narrowestLane = 104;
/** Of one character, a little more than it needs. */
const characterWidth = 7.2;

/** Who sent what to whom: as a picture, and as a list for those who do not see it. */
export function sequence({ id, title, sequence: told }: ReportedCheck) {
  if (told === undefined || told.steps.length === 0) return null;
  const { steps, unshown } = told;
  return html`<details class="screen">
    <summary>${words.fold(steps.length)}<span class="unseen">: ${title}</span></summary>
    ${scrollRegion(words.picture(title), picture(told, { id, title }))}
    <details><summary>${words.list}<span class="unseen">: ${title}</span></summary><ol>${steps.map(
      (step) => html`<li>${words.step(step.from, step.to)}${textOf(step)}</li>`,
    )}</ol></details>
    <p class="soft">${words.unshown(unshown)}</p>
  </details>`;
}

const textOf = ({ text, count }: SequenceStep) => `${text}${words.times(count)}`;

/** Arrows on the left, what they carry on the right: text of any length stays readable. */
function picture({ participants, steps }: Sequence, { id, title }: Pick<ReportedCheck, 'id' | 'title'>) {
  const lane = Math.max(narrowestLane, ...participants.map((name) => name.length * characterWidth + 16));
  const textLeft = participants.length * lane;
  const longest = Math.max(...steps.map((step) => textOf(step).length));
  const [width, height] = [Math.ceil(textLeft + longest * characterWidth), top + steps.length * row + 8];
  const x = (name: string) => (participants.indexOf(name) + 0.5) * lane;
  const [titleId, descriptionId] = [`${id}-ablauf`, `${id}-ablauf-text`];
  return html`<svg class="sequence" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img" aria-labelledby=${`${titleId} ${descriptionId}`}>
    <title id=${titleId}>${words.picture(title)}</title>
    <desc id=${descriptionId}>${words.describe(participants, steps.length)}</desc>
    ${participants.map((name) => html`<text class="head" x=${x(name)} y="18" text-anchor="middle">${name}</text><line class="lane" x1=${x(name)} x2=${x(name)} y1=${top - 8} y2=${height} />`)}
    ${steps.map((step, index) => {
      const y = top + (index + 0.5) * row;
      return html`${step.from !== step.to && html`<path class="step" d=${arrow(x(step.from), x(step.to), y)} />`}<text x=${textLeft} y=${y + 4}>${textOf(step)}</text>`;
    })}
  </svg>`;
}

/** A line with a head at its end. */
function arrow(from: number, to: number, y: number): string {
  const back = to > from ? -7 : 7;
  return `M${from} ${y}H${to}l${back} -4v8l${-back} -4`;
}
