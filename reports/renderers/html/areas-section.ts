import type { VerdictKind } from '../../../core/judge/verdict.ts';
import { areaKeys } from '../../../requirements/catalogue.ts';
import type { ReportModel } from '../../report-model.ts';
import { areaWords, verdictOrder, verdictWords } from '../../texts/de.ts';
import { headings, areas as words } from '../../texts/report.ts';
import { html } from './html.ts';
import { scrollRegion } from './scroll-region.ts';

/** Every reader's way to the part that is theirs. */
export function areasSection({ verdicts, verdictCounts }: ReportModel) {
  if (verdicts.length === 0) return null;
  const kinds = verdictOrder.filter((kind) => verdictCounts[kind] > 0);
  const rows = areaKeys
    .map((key) => ({ key, members: verdicts.filter(({ requirement }) => requirement.id.startsWith(`${key}-`)) }))
    .filter(({ members }) => members.length > 0);
  const counts = (members: ReportModel['verdicts']) =>
    kinds.map((kind) => html`<td class="number">${countOf(kind, members)}</td>`);
  const table = html`<table>
    <thead><tr><th scope="col">${words.area}</th>${kinds.map((kind) => html`<th scope="col" class=${`number ${kind}`}>${verdictWords[kind].word}</th>`)}</tr></thead>
    <tbody>${rows.map(({ key, members }) => html`<tr><th scope="row"><a href=${`#bereich-${key}`}>${areaWords[key].title}</a><br /><span class="readers">${words.readers(areaWords[key].readers)}</span></th>${counts(members)}</tr>`)}</tbody>
    <tfoot><tr><th scope="row">${words.sum}</th>${counts(verdicts)}</tr></tfoot>
  </table>`;
  return html`<section aria-labelledby="bereiche">
    <h2 id="bereiche">${headings.areas}</h2>
    ${scrollRegion(words.caption, table)}
  </section>`;
}

const countOf = (kind: VerdictKind, members: ReportModel['verdicts']) =>
  members.filter(({ verdict }) => verdict.kind === kind).length;
