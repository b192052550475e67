import type { Sizing, SizingStep } from '../../core/model/sizing.ts';
import { html } from '../renderers/html/html.ts';
import { resourceWords, sizingWords as words } from '../texts/sizing.ts';
import { counted, numberText } from '../texts/wording.ts';
import { type Column, table } from './table.ts';
import { figure } from './values.ts';

/** Everything the charts show, as figures, and what broke. */
export function stepTable({ steps }: Sizing) {
  const resources = [...new Set(steps.flatMap(({ utilisation }) => Object.keys(utilisation)))];
  const columns: Column<SizingStep>[] = [
    { head: 'Personen', cell: ({ users }) => numberText(users) },
    { head: 'Läufe', cell: runsText },
    { head: 'Zustellungen/s', cell: throughputText },
    { head: 'geplant', cell: ({ offered }) => figure(offered) },
    { head: 'Nachrichten/s', cell: ({ messagesPerSecond }) => figure(messagesPerSecond) },
    { head: 'P50 ms', cell: ({ delivery }) => figure(delivery.p50Ms) },
    { head: 'P95 ms', cell: ({ delivery }) => figure(delivery.p95Ms) },
    { head: 'P99 ms', cell: ({ delivery }) => figure(delivery.p99Ms) },
    { head: 'Annahme P95 ms', cell: ({ sendP95Ms }) => figure(sendP95Ms) },
    ...resources.map((name) => ({
      head: `${resourceWords(name)} %`,
      cell: ({ utilisation }: SizingStep) =>
        figure(utilisation[name] === undefined ? null : 100 * utilisation[name], 0),
    })),
  ];
  return html`<div>${table(words.steps, columns, steps)}${brokenLimits(steps)}</div>`;
}

function brokenLimits(steps: Sizing['steps']) {
  const broken = steps.filter(({ breaches }) => breaches.length > 0);
  if (broken.length === 0) return null;
  const item = ({ users, breaches }: SizingStep) => html`<li>${words.atUsers(users)} ${breaches.join('; ')}</li>`;
  return html`<h4>${words.brokenLimits}</h4><ul>${broken.map(item)}</ul>`;
}

const runsText = ({ runs, invalidRuns }: SizingStep) =>
  invalidRuns === 0 ? numberText(runs) : `${numberText(runs)} (${counted(invalidRuns, 'zählt', 'zählen')} nicht)`;

function throughputText({ throughput, throughputInterval }: SizingStep): string {
  if (throughputInterval === null) return figure(throughput);
  return `${figure(throughput)} (${figure(throughputInterval.low)}–${figure(throughputInterval.high)})`;
}
