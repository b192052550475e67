import type { StoredEvidence } from '../../../core/model/evidence.ts';
import type { ReportModel } from '../../report-model.ts';
import { headings, screenshotAlt } from '../../texts/report.ts';
import { html } from './html.ts';

const isPicture = ({ mediaType }: StoredEvidence) => /^image\/(png|jpeg)$/.test(mediaType);

/** What the client looked like when it was checked; several checks may have seen the same view. */
export function screenshotsSection({ checks }: ReportModel) {
  const pictures = checks.flatMap(({ evidence }) => evidence.filter(isPicture));
  const byName = new Map(pictures.toReversed().map((picture) => [picture.name, picture]));
  if (byName.size === 0) return null;
  return html`<section aria-labelledby="bilder">
    <h2 id="bilder">${headings.screenshots}</h2>
    <div class="shots">${[...byName.values()]
      .toReversed()
      .map(
        ({ name, file }) =>
          html`<figure><a href=${`../${file}`}><img src=${`../${file}`} alt=${screenshotAlt(name)} /></a><figcaption>${name}</figcaption></figure>`,
      )}</div>
  </section>`;
}
