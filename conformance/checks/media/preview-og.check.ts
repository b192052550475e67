import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { pngOf } from '../../lib/image.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { previewPath as path } from '../../lib/media.ts';
import { page } from '../../lib/web-page.ts';

const mostCharacters = 1_000;

const size = { width: 64, height: 48 };

// A preview says what the page says of itself, in bounded length.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.preview-og',
    title: 'Eine Linkvorschau nennt, was die Seite über sich sagt, in begrenzter Länge',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv1mediapreview_url'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Vorschau trägt einen anderen Titel als die Seite',
      defect: { when: { path }, alter: onlyNth(1, setting(['og:title'], 'Etwas anderes')) },
      expectFinding: 'other-title',
    },
    {
      title: 'Die Beschreibung einer Seite wird ungekürzt weitergegeben',
      defect: { when: { path }, alter: onlyNth(2, setting(['og:description'], 'x'.repeat(5_000))) },
      expectFinding: 'not-bounded',
    },
    {
      title: 'Die Vorschau nennt eine falsche Größe des Bildes',
      defect: { when: { path }, alter: onlyNth(1, setting(['og:image:width'], 1)) },
      expectFinding: 'other-picture',
    },
    {
      title: 'Die Vorschau nennt das Bild an seinem ursprünglichen Ort',
      defect: { when: { path }, alter: onlyNth(1, setting(['og:image'], 'http://127.0.0.1/bild.png')) },
      expectFinding: 'foreign-picture',
    },
  ],
  async run({ request, user, random, surroundings, target }) {
    const { pages } = surroundings();
    const session = await user('alice');
    const [title, description, own] = [random.word(12), random.word(30), random.word(12)];
    const picture = pngOf(size, own);
    const words = Array.from({ length: 2_000 }, () => random.word(6)).join(' ');
    const at = (name: string) => `/${own}/${name}`;
    const head = [
      ['og:title', title],
      ['og:description', description],
      ['og:image', `${pages.url}${at('picture')}`],
    ].map(([property, content]) => `<meta property="${property}" content="${content}">`);
    using _described = pages.answering((asked) => asked.path === at('described'), page(head.join('')));
    using _picture = pages.answering((asked) => asked.path === at('picture'), {
      status: 200,
      text: picture,
      contentType: 'image/png',
    });
    using _long = pages.answering((asked) => asked.path === at('long'), page('<title>Lang</title>', `<p>${words}</p>`));
    const preview = (name: string) => request('GET', path, { session, query: { url: `${pages.url}${at(name)}` } });
    const [shown, bounded] = [await preview('described'), await preview('long')];
    const length = JSON.stringify(bounded.json ?? null).length;
    const told = (...keys: readonly string[]) => keys.map((key) => valueAt(shown.json, [key]) ?? null);
    const address = String(told('og:image')[0]);
    return outcomeOf(
      [
        ...expectEqual(
          shown,
          { wanted: [title, description], got: told('og:title', 'og:description') },
          { code: 'other-title', title: 'Die Vorschau sagt etwas anderes als die Seite' },
        ),
        ...expectEqual(
          shown,
          {
            wanted: ['image/png', size.width, size.height, picture.length],
            got: told('og:image:type', 'og:image:width', 'og:image:height', 'matrix:image:size'),
          },
          { code: 'other-picture', title: 'Die Vorschau beschreibt das Bild der Seite anders, als es ist' },
        ),
        ...expectThat(shown, address.startsWith(`mxc://${target.serverName}/`), {
          code: 'foreign-picture',
          title: 'Das Bild einer Vorschau liegt nicht beim Homeserver',
          expected: `mxc://${target.serverName}/…`,
          observed: address.split('/').slice(0, 3).join('/'),
        }),
        ...expectThat(bounded, bounded.status === 200 && length <= mostCharacters, {
          code: 'not-bounded',
          title: 'Die Vorschau einer langen Seite ist nicht begrenzt',
          expected: `eine Vorschau mit höchstens ${mostCharacters} Zeichen`,
          observed: `Status ${bounded.status}, ${length} Zeichen`,
        }),
      ],
      `Titel, Beschreibung und Bild wie auf der Seite; die lange Seite ergab ${length} Zeichen`,
    );
  },
});
