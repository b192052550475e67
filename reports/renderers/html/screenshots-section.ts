import type { ReportModel } from '../../report-model.ts';
import { html } from './html.ts';

/** What the client looked like when it was checked. */
export function screenshotsSection({ checks }: ReportModel) {
  const pictures = new Map(
    checks.flatMap(({ evidence }) =>
      evidence.filter(({ mediaType }) => mediaType.startsWith('image/')).map((item) => [item.sha256, item]),
    ),
  );
  if (pictures.size === 0) return null;
  return html`<section aria-labelledby="bilder">
    <h2 id="bilder">So sah der Client aus</h2>
    <div class="shots">${[...pictures.values()].map(
      ({ name, file }) =>
        html`<figure><a href=${`../${file}`}><img src=${`../${file}`} alt=${`${name}, in voller Größe öffnen`} loading="lazy" /></a><figcaption>${name}</figcaption></figure>`,
    )}</div>
  </section>`;
}
