import type { HttpRequest } from '../../core/http/http.ts';
import { type Alteration, withText } from '../lib/alteration.ts';

/** The server delivers another start page. */
export const pageWith =
  (change: (html: string) => string): Alteration =>
  ({ request, answer }) =>
    isStartPage(request) && answer.status === 200 ? withText(answer, change(answer.text())) : answer;

/** The server delivers a start page with this at the upper edge, where it is seen and covers no control. */
export const pageWithElement = (element: string): Alteration =>
  pageWith((html) => html.replace('</body>', `<div style="${atUpperEdge}">${element}</div></body>`));

const atUpperEdge = 'position: fixed; top: 0; left: 48%; z-index: 1; background: #fff; color: #000';

/** The server delivers a program that gives the page this language and keeps it so; an empty one removes it. */
export const programThatSetsLanguage = (language: string): Alteration => {
  const program = `
    const keepLanguage = () => {
      const root = document.documentElement;
      if (root.lang !== ${JSON.stringify(language)}) root.lang = ${JSON.stringify(language)};
    };
    new MutationObserver(keepLanguage).observe(document.documentElement, { attributes: true });
    keepLanguage();
  `;
  return ({ request, answer }) =>
    isMainProgram(request) ? withText(answer, `${answer.text()}\n;{${program}}`) : answer;
};

const isStartPage = ({ method, url }: HttpRequest) =>
  method === 'GET' && /\/(index\.html)?$/.test(new URL(url).pathname);

/** The file the start page names first. */
const isMainProgram = ({ url }: HttpRequest) => /\/main-[A-Z0-9]+\.js$/.test(new URL(url).pathname);
