import type { ReportedCheck } from '../../report-model.ts';
import { numberText } from '../../texts/de.ts';
import { html } from './html.ts';

/** Links to the raw files, which lie beside the report. */
export function evidenceLinks({ evidence, id }: Pick<ReportedCheck, 'evidence' | 'id'>) {
  if (evidence.length === 0) return 'keiner';
  return html`<ul class="plain">${evidence.map(
    ({ name, file, sizeBytes }) =>
      html`<li><a href=${`../${file}`}>${name}<span class="soft"> zu ${id}</span></a> <span class="soft">(${numberText(sizeBytes / 1024)} KiB)</span></li>`,
  )}</ul>`;
}
