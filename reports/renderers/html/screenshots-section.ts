import type { StoredEvidence } from '../../../core/model/evidence.ts';
import type { ReportModel } from '../../report-model.ts';
import { headings, screenshotAlt } from '../../texts/report.ts';
import { html } from './html.ts';

const isPicture = ({ mediaType }: StoredEvidence) => /^image\/(png|jpeg)$/.test(mediaType);

/** What the client looked like when it was checked. */
export function screenshotsSection({ checks }: ReportModel) {
  const pictures = new Map(
    checks.flatMap(({ id, title, evidence }) =>
      evidence.filter(isPicture).map((item) => [item.sha256, { ...item, id, title }] as const),
    ),
  );
  if (pictures.size === 0) return null;
  return html`<section aria-labelledby="bilder">
    <h2 id="bilder">${headings.screenshots}</h2>
    <div class="shots">${[...pictures.values()].map(
      ({ name, file, id, title }) =>
        html`<figure><a href=${`../${file}`}><img src=${`../${file}`} alt=${screenshotAlt(name)} /></a><figcaption>${name}<br /><a class="plain" href=${`#${id}`}>${title}</a></figcaption></figure>`,
    )}</div>
  </section>`;
}
