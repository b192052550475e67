import type { ReportedCheck } from '../../report-model.ts';
import { page } from '../../texts/report.ts';
import { sizeText } from '../../texts/wording.ts';
import { html } from './html.ts';

/** Links to the raw files, which lie beside the report. */
export function evidenceLinks({ evidence, id }: Pick<ReportedCheck, 'evidence' | 'id'>) {
  if (evidence.length === 0) return null;
  return html`<ul class="inline">${evidence.map(
    ({ name, file, sizeBytes }) =>
      html`<li><a href=${`../${file}`}>${name}<span class="unseen">${page.more(id)}</span></a> <span class="soft">(${sizeText(sizeBytes)})</span></li>`,
  )}</ul>`;
}
