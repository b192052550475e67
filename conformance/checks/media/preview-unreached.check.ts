import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest, Surroundings } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Circumstances, unchanged } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { previewPath } from '../../lib/media.ts';
import type { Tools } from '../../lib/tools.ts';
import { page } from '../../lib/web-page.ts';

// What is refused must not have been asked before: a listener in the inner network sees nothing.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.preview-unreached',
    title: 'Für eine Linkvorschau wird im inneren Netz nichts angesprochen, auch nicht über Umwege',
    requirements: ['DS-04', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv1mediapreview_url'),
    rows: ['preview-off-or-safe'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Eine Seite im inneren Netz wird abgerufen',
      defect: { when: { path: previewPath }, alter: unchanged, besides: reaching('direct') },
      expectFinding: 'inner-address-contacted',
    },
    {
      title: 'Einer Umleitung ins innere Netz wird gefolgt',
      defect: { when: { path: previewPath }, alter: unchanged, besides: reaching('redirect') },
      expectFinding: 'redirect-followed',
    },
    {
      title: 'Das Bild einer Seite wird aus dem inneren Netz geholt',
      defect: { when: { path: previewPath }, alter: unchanged, besides: reaching('image') },
      expectFinding: 'picture-fetched',
    },
  ],
  async run(tools) {
    const { request, user, random, surroundings } = tools;
    const around = surroundings();
    const session = await user('alice');
    const own = random.word(16);
    using _pages = around.pages.answering(({ path }) => path.startsWith(`/${own}/`), leadingInside(around, own));
    const preview = (url: string) => request('GET', previewPath, { session, query: { url } });
    const answers = {
      direct: await preview(`${around.forbidden.url}/${own}/direct`),
      spelled: await preview(`${spelledOtherwise(around)}/${own}/direct`),
      redirect: await preview(`${around.pages.url}/${own}/redirect`),
      image: await preview(`${around.pages.url}/${own}/image`),
    };
    if (stringAt(answers.image.json, ['og:title']) !== own) {
      return inconclusive('Auch von einer erlaubten Seite kam keine Vorschau.');
    }
    return outcomeOf(
      [
        ...silentFindings(tools, answers.direct, `/${own}/direct`, 'inner-address-contacted'),
        ...silentFindings(tools, answers.spelled, `/${own}/direct`, 'inner-address-contacted'),
        ...silentFindings(tools, answers.redirect, `/${own}/redirect`, 'redirect-followed'),
        ...silentFindings(tools, answers.image, `/${own}/image`, 'picture-fetched'),
      ],
      'Adresse im inneren Netz in zwei Schreibweisen, Umleitung und Bild: nichts davon angesprochen',
    );
  },
});

/** One page of ours leads inside by a redirection, the other one by its picture. */
const leadingInside =
  ({ forbidden }: Surroundings, own: string) =>
  ({ path }: SinkRequest) =>
    path.endsWith('/redirect')
      ? { status: 302, headers: { location: `${forbidden.url}${path}` } }
      : page(`<meta property="og:title" content="${own}"><meta property="og:image" content="${forbidden.url}${path}">`);

/** The same address as one number. */
const spelledOtherwise = ({ forbidden }: Surroundings): string => `http://2130706434:${new URL(forbidden.url).port}`;

const titles = {
  'inner-address-contacted': 'Die Linkvorschau spricht eine Adresse im inneren Netz an',
  'redirect-followed': 'Die Linkvorschau folgt einer Umleitung ins innere Netz',
  'picture-fetched': 'Die Linkvorschau holt das Bild einer Seite aus dem inneren Netz',
} as const;

function silentFindings({ surroundings }: Tools, answer: Answer, path: string, code: keyof typeof titles): Findings {
  const contacts = surroundings().forbidden.received.filter((asked) => asked.path === path);
  return expectThat(answer, contacts.length === 0, {
    code,
    title: titles[code],
    expected: 'keine Anfrage dort',
    observed: `${contacts.length} Anfragen`,
  });
}

/** For counterexamples: the homeserver asks there before it answers. */
function reaching(way: 'direct' | 'redirect' | 'image') {
  return (_answer: unknown, { query }: Circumstances, { forbidden }: Surroundings) => {
    const { pathname } = new URL(new URLSearchParams(query).get('url') ?? 'http://nowhere');
    return pathname.endsWith(`/${way}`) ? { method: 'GET', url: `${forbidden.url}${pathname}` } : undefined;
  };
}
