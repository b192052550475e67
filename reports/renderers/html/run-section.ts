import type { ReportModel } from '../../report-model.ts';
import { familyWords, providerWords } from '../../texts/de.ts';
import { absent, accountWords, headings, recompute, runWords as words } from '../../texts/report.ts';
import { durationText, timeText } from '../../texts/wording.ts';
import { entries } from './entries.ts';
import { html } from './html.ts';
import { scrollRegion } from './scroll-region.ts';

/** Where the results come from: the target, what it lacks, who allowed the run, and how to recompute it. */
export function runSection(model: ReportModel) {
  return html`<section aria-labelledby="lauf">
    <h2 id="lauf">${headings.run}</h2>
    ${facts(model)} ${absentComponents(model)} ${accountsList(model.accounts)} ${recomputing(model)}
  </section>`;
}

function facts({ run, finished, journal, leftOut }: ReportModel) {
  const { target } = run;
  const { permissions } = target;
  return entries([
    [words.target, `${target.name} (${providerWords[target.provider]})`],
    [words.homeserver, html`<code>${target.homeserverUrl}</code>`],
    [words.serverName, html`<code>${target.serverName}</code>`],
    [words.client, target.clientUrl && html`<code>${target.clientUrl}</code>`],
    [
      words.tools,
      Object.entries(run.tools)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    [words.grantedBy, words.grant({ ...permissions.grantedBy, until: permissions.until })],
    [words.scope, `${words.mutate(permissions.mayMutate)}; ${words.stress(permissions.mayStressUsers)}`],
    [words.leftOut, leftOut.map((family) => familyWords[family]).join(', ')],
    [words.start, timeText(run.startedAt)],
    [words.duration, finished === undefined ? words.brokenOff : durationText(finished.durationMs)],
    [words.seed, String(run.seed)],
    [words.suite, words.version(run.suiteVersion)],
    [words.journal, words.entries(journal.entries)],
    [words.lastLine, html`<code>${journal.lastLineSha256}</code>`],
  ]);
}

// The roles stand here because a table whose rows are stacked on a phone would no longer be told as one.
function absentComponents({ run }: ReportModel) {
  const { absentComponents: list } = run.target;
  if (list.length === 0) return null;
  const table = html`<table class="stacked" role="table">
    <thead role="rowgroup"><tr role="row">${[absent.component, absent.reason, absent.consequence].map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}</tr></thead>
    <tbody role="rowgroup">${list.map(({ component, reason, consequence }) => html`<tr role="row"><th scope="row" role="rowheader">${component}</th><td role="cell" data-label=${absent.reason}>${reason}</td><td role="cell" data-label=${absent.consequence}>${consequence}</td></tr>`)}</tbody>
  </table>`;
  return html`<h3 id="fehlt">${absent.heading}</h3>${scrollRegion(absent.heading, table)}`;
}

function accountsList(accounts: ReportModel['accounts']) {
  if (accounts.length === 0) return null;
  const exempt = accounts.filter(({ kind }) => kind === 'bench');
  return html`<h3>${accountWords.heading}</h3>
    <p>${accountWords.summary(accounts.length, exempt.length)}</p>
    <details class="screen"><summary>${accountWords.list}</summary><ul class="plain">${accounts.map(({ userId, kind }) => html`<li><code>${userId}</code> (${kind === 'bench' ? accountWords.bench : accountWords.ordinary})</li>`)}</ul></details>`;
}

function recomputing({ run }: ReportModel) {
  return html`<h3>${recompute.heading}</h3>
    <p>${recompute.before} <a href="../journal.ndjson">journal.ndjson</a> ${recompute.and} <a href="../catalogue.json">catalogue.json</a>. <code>npx pruefstand report ${run.runId}</code> ${recompute.report}, <code>npx pruefstand verify ${run.runId}</code> ${recompute.verify} <a href="results.json">results.json</a>.</p>`;
}
