import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting, unchanged } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { previewPath as path } from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';
import { page } from '../../lib/web-page.ts';

// What a page leaves to an oEmbed document is shown as text, and that document is looked for where pages may be.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.preview-oembed',
    title: 'Eine Linkvorschau übernimmt eingebettete Beschreibungen nur als Text und nie von Adressen im inneren Netz',
    requirements: ['DS-04', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv1mediapreview_url'),
    rows: ['preview-og'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der Anbieter aus der eingebetteten Beschreibung fehlt',
      defect: { when: { path }, alter: onlyNth(1, setting(['og:site_name'], 'Etwas anderes')) },
      expectFinding: 'other-provider',
    },
    {
      title: 'Die eingebettete Beschreibung kommt samt ausführbarem Teil an',
      defect: { when: { path }, alter: onlyNth(1, setting(['og:description'], 'Text <script>tuDas()</script>')) },
      expectFinding: 'not-filtered',
    },
    {
      title: 'Die Beschreibung wird im inneren Netz gesucht',
      defect: {
        when: { path },
        alter: unchanged,
        besides: (_answer, _seen, { forbidden }) => ({ method: 'GET', url: `${forbidden.url}/oembed` }),
      },
      expectFinding: 'inner-address-fetched',
    },
  ],
  async run({ request, user, random, surroundings }) {
    const { pages, forbidden } = surroundings();
    const session = await user('alice');
    const [own, provider] = [random.word(12), random.word(12)];
    const script = `tuDas_${random.word(12)}()`;
    const html = `<p>${random.word(20)}</p><script>${script}</script><iframe src="${pages.url}/${own}/frame"></iframe>`;
    const linked = (href: string) => page(`<link rel="alternate" type="application/json+oembed" href="${href}">`);
    const at = (name: string) => `/${own}/${name}`;
    using _page = pages.answering((asked) => asked.path === at('page'), linked(`${pages.url}${at('oembed')}`));
    using _oembed = pages.answering((asked) => asked.path === at('oembed'), {
      status: 200,
      json: { version: '1.0', type: 'rich', title: random.word(12), provider_name: provider, html },
    });
    using _inner = pages.answering((asked) => asked.path === at('inner'), linked(`${forbidden.url}/oembed?${own}`));
    const asked = forbidden.received.length;
    const preview = (name: string) => request('GET', path, { session, query: { url: `${pages.url}${at(name)}` } });
    const shown = premise(await preview('page'));
    const inner = await preview('inner');
    const told = JSON.stringify(shown.json ?? '');
    const fetched = forbidden.received.slice(asked).filter(({ path: inside }) => inside === '/oembed');
    return outcomeOf(
      [
        ...expectEqual(
          shown,
          { wanted: provider, got: stringAt(shown.json, ['og:site_name']) },
          { code: 'other-provider', title: 'Die eingebettete Beschreibung einer Seite fehlt in der Vorschau' },
        ),
        ...expectThat(shown, !told.includes(script) && !told.includes('<'), {
          code: 'not-filtered',
          title: 'Die Vorschau gibt aus einer eingebetteten Beschreibung mehr als Text weiter',
          expected: 'der Text ohne Auszeichnung und ohne Skript',
          observed: 'Auszeichnung oder Skript',
        }),
        ...expectThat(inner, fetched.length === 0, {
          code: 'inner-address-fetched',
          title: 'Für eine Vorschau wird eine Adresse im inneren Netz abgerufen, die eine Seite als Beschreibung nennt',
          expected: 'keine Anfrage dort',
          observed: `${fetched.length} Anfragen`,
        }),
      ],
      'Der Anbieter aus der eingebetteten Beschreibung, kein Skript; im inneren Netz wurde keine gesucht',
    );
  },
});
