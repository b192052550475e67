import type { JudgedFinding } from '../../../core/judge/verdict.ts';
import type { ReportModel } from '../../report-model.ts';
import { groupedFindings as words } from '../../texts/report.ts';
import { shortened } from '../../texts/wording.ts';
import { html } from './html.ts';
import { numberedFindings } from './numbered-findings.ts';

/** What a reader takes in at once. */
const mostUnfolded = 5;

/** Deviations of one requirement, each kind once, with the places it was seen at; the kinds seen at most places first, many of them folded. */
export function groupedFindings(model: ReportModel, findings: readonly JudgedFinding[]) {
  const anchors = new Map(numberedFindings(model).map(({ fingerprint, anchor }) => [fingerprint, anchor]));
  const place = ({ fingerprint, where }: JudgedFinding) =>
    html`<a href=${`#${anchors.get(fingerprint)}`}>${shortened(where)}</a>`;
  const item = ([title, places]: readonly [string, readonly JudgedFinding[]]) => {
    const [only, ...others] = places;
    if (only !== undefined && others.length === 0) {
      return html`<li><a href=${`#${anchors.get(only.fingerprint)}`}>${title}</a> <span class="soft">(${shortened(only.where)})</span></li>`;
    }
    return html`<li>${title}: ${words.places(places.length)}
      <details><summary>${words.which}<span class="unseen">: ${title}</span></summary><ul>${places.map((finding) => html`<li>${place(finding)}</li>`)}</ul></details></li>`;
  };
  const groups = [...Map.groupBy(oncePerPlace(findings), ({ title }) => title)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const folded = groups.slice(mostUnfolded);
  return html`<ul>${groups.slice(0, mostUnfolded).map(item)}${
    folded.length > 0 &&
    html`<li><details><summary>${words.more(folded.length)}</summary><ul>${folded.map(item)}</ul></details></li>`
  }</ul>`;
}

/** Several checks see the same deviation; a reader needs to read it once. */
function oncePerPlace(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ title, where }) => {
    const place = `${title} ${where}`;
    return seen.size < seen.add(place).size;
  });
}
