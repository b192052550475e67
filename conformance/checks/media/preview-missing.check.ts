import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { previewPath as path } from '../../lib/media.ts';
import { premiseString } from '../../lib/premise.ts';
import { page } from '../../lib/web-page.ts';

// Of a page that is not there, and of what is no page, nobody is told a title.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.preview-missing',
    title: 'Zu einer Seite, die es nicht gibt, gibt es keine Linkvorschau und keinen inneren Fehler',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv1mediapreview_url'),
    rows: ['preview-og'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Zu einer Seite, die es nicht gibt, kommt eine Vorschau',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { 'og:title': 'Erfunden' })) },
      expectFinding: 'invented',
    },
    {
      title: 'Zu einer Datei, die keine Seite ist, kommt ein Titel',
      defect: { when: { path }, alter: onlyNth(3, answering(200, { 'og:title': 'Erfunden' })) },
      expectFinding: 'invented',
    },
  ],
  async run({ request, user, random, surroundings }) {
    const { pages } = surroundings();
    const session = await user('alice');
    const [there, missing, data] = [`/${random.word(16)}`, `/${random.word(16)}`, `/${random.word(16)}`];
    const bytes = { status: 200, text: '<title>Titel</title>', contentType: 'application/octet-stream' };
    using _data = pages.answering(({ path: asked }) => asked === data, bytes);
    using _there = pages.answering(({ path: asked }) => asked === there, page('<title>Titel</title>'));
    const preview = (of: string) => request('GET', path, { session, query: { url: `${pages.url}${of}` } });
    // Without previews at all, one that is missing says nothing.
    premiseString(await preview(there), ['og:title']);
    const answers = [await preview(missing), await preview(data)];
    return outcomeOf(
      answers.flatMap((answer) =>
        expectThat(answer, stringAt(answer.json, ['og:title']) === undefined, {
          code: 'invented',
          title: 'Zu einer Seite, die es nicht gibt, kommt eine Vorschau',
          expected: 'keine Vorschau',
          observed: `Status ${answer.status} mit Titel`,
        }),
      ),
      `Weder zu einer fehlenden Seite noch zu einer Datei eine Vorschau: ${answers.map(({ status }) => status).join(', ')}`,
    );
  },
});
