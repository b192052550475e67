import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Sizing } from '../../core/model/sizing.ts';
import { html } from '../renderers/html/html.ts';
import { pageHead } from '../renderers/html/page-head.ts';
import { scrollRegion } from '../renderers/html/scroll-region.ts';
import { style } from '../renderers/html/style.ts';
import { page as pageWords } from '../texts/report.ts';
import { carriedSentence, sizingWords as words } from '../texts/sizing.ts';
import { visibleIn } from '../visible-text.ts';
import { capacityChart } from './capacity-chart.ts';
import { conditionFacts, costTable, keyFacts } from './facts.ts';
import { latencyChart } from './latency-chart.ts';
import { resourceChart } from './resource-chart.ts';
import { sizingStyle } from './sizing-style.ts';
import { stageTables } from './stage-tables.ts';
import { stepTable } from './step-table.ts';

/** The sizing for people: one file, readable without scripts, printable. */
export function sizingPage(sizing: Sizing): string {
  return `<!DOCTYPE html>\n${renderToStaticMarkup(page(visibleIn(sizing)))}\n`;
}

const wholeStyle = style + sizingStyle;

function page(sizing: Sizing) {
  return html`<html lang="de">
    ${pageHead({ title: words.title(sizing.conditions.target), style: wholeStyle })}
    <body>
      <a class="skip" href="#inhalt">${pageWords.skip}</a>
      <main id="inhalt" tabindex="-1">
        <h1>${words.heading}</h1>
        ${summary(sizing)}
        ${section('messung', words.charts, charts(sizing))}
        ${section('ausbau', words.stages, stageTables(sizing))}
        ${section('kosten', words.costs, costTable(sizing))}
        ${section('annahmen', words.assumptions, list(sizing.assumptions))}
        ${section('bedingungen', words.conditions, conditionFacts(sizing))}
      </main>
    </body>
  </html>`;
}

function summary(sizing: Sizing) {
  const { reservations, standing, holdOut } = sizing;
  const look = standing === 'verdict' && holdOut?.reliable ? 'go' : 'open';
  return html`<div class=${`decision ${look}`}>
    <h2>${carriedSentence(sizing)}</h2>
    ${reservations.length > 0 && html`<p>${words.reservations}:</p>${list(reservations)}`}
  </div>
  ${keyFacts(sizing)}`;
}

const section = (id: string, heading: string, content: unknown) =>
  html`<section aria-labelledby=${id}><h2 id=${id}>${heading}</h2>${content}</section>`;

const list = (items: readonly string[]) => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

function charts(sizing: Sizing) {
  const pictures = [
    [`${words.capacityChart}. ${words.legend}`, capacityChart(sizing)],
    [words.latencyChart, latencyChart(sizing)],
    [words.resourceChart, resourceChart(sizing)],
  ] as const;
  return html`<div>
    ${pictures.map(([name, picture]) => html`<figure><figcaption>${name}</figcaption>${scrollRegion(name, picture)}</figure>`)}
    <h3>${words.steps}</h3>
    ${stepTable(sizing)}
  </div>`;
}
