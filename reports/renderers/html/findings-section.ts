import type { Finding } from '../../../core/model/finding.ts';
import type { ReportedCheck, ReportModel } from '../../report-model.ts';
import { evidenceLinks } from './evidence.ts';
import { html } from './html.ts';

/** Every deviation with what was expected, what was observed, and the request that showed it. */
export function findingsSection({ checks }: ReportModel) {
  const found = checks.flatMap((check) =>
    check.outcome?.kind === 'failed' ? check.outcome.findings.map((finding) => ({ check, finding })) : [],
  );
  return html`<section aria-labelledby="abweichungen">
    <h2 id="abweichungen">Abweichungen</h2>
    ${found.length === 0 ? html`<p>Keine Prüfung hat eine Abweichung gefunden.</p>` : found.map(findingArticle)}
  </section>`;
}

function findingArticle({ check, finding }: { check: ReportedCheck; finding: Finding }) {
  return html`<article class="finding">
    <h3>${finding.title}</h3>
    <dl>
      <dt>Erwartet</dt><dd>${finding.expected}</dd>
      <dt>Beobachtet</dt><dd>${finding.observed}</dd>
      <dt>Wo</dt><dd><code>${finding.where}</code></dd>
      ${finding.request !== undefined && html`<dt>Anfrage</dt><dd><code>${finding.request}</code></dd>`}
      <dt>Prüfung</dt><dd><a href=${`#${check.id}`}>${check.title}</a></dd>
      <dt>Betrifft</dt><dd>${check.requirements.map((id) => html`<a href=${`#${id}`}>${id}</a> `)}</dd>
      <dt>Nachweis</dt><dd>${evidenceLinks(check)}</dd>
    </dl>
  </article>`;
}
