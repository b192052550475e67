import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { legacyPreviewPath as path, previewPath } from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed, expectTokenAsked } from '../../lib/refusals.ts';
import { page } from '../../lib/web-page.ts';

// The address of previews that is out of date says the same as the newer one, to nobody but accounts.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixmediav3preview_url
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.preview-legacy',
    title: 'An der alten Adresse verlangen Linkvorschauen eine Anmeldung und sagen dasselbe wie an der neuen',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixmediav3preview_url'),
    rows: ['preview-og'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die alte Adresse nennt einen anderen Titel',
      defect: { when: { path }, alter: onlyNth(1, setting(['og:title'], 'Etwas anderes')) },
      expectFinding: 'other-preview',
    },
    {
      title: 'Die alte Adresse antwortet auch ohne Anmeldung',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { 'og:title': 'Titel' })) },
      expectFinding: 'served-without-login',
    },
    {
      title: 'Eine Anfrage ohne Adresse einer Seite wird angenommen',
      defect: { when: { path }, alter: onlyNth(3, answering(200, {})) },
      expectFinding: 'nothing-accepted',
    },
  ],
  async run({ request, user, random, surroundings }) {
    const { pages } = surroundings();
    const session = await user('alice');
    const [own, title] = [`/${random.word(16)}`, random.word(12)];
    using _page = pages.answering((asked) => asked.path === own, page(`<meta property="og:title" content="${title}">`));
    const query = { url: `${pages.url}${own}` };
    const modern = premise(await request('GET', previewPath, { session, query }));
    const legacy = await request('GET', path, { session, query });
    const anonymous = await request('GET', path, { query });
    const nothing = await request('GET', path, { session });
    return outcomeOf(
      [
        ...expectEqual(
          legacy,
          { wanted: [title, modern.json], got: [valueAt(legacy.json, ['og:title']), legacy.json] },
          { code: 'other-preview', title: 'Die alte Adresse zeigt eine andere Vorschau als die neue' },
        ),
        ...expectTokenAsked(anonymous, {
          code: 'served-without-login',
          title: 'Die alte Adresse der Linkvorschau antwortet ohne Anmeldung',
        }),
        ...expectMalformed(nothing, { code: 'nothing-accepted', title: 'Eine Anfrage ohne Adresse wird angenommen' }),
      ],
      'Dieselbe Vorschau an beiden Adressen; ohne Anmeldung 401, ohne Adresse einer Seite 400',
    );
  },
});
