import type { HttpRequest } from '../../core/http/http.ts';
import { withText } from '../lib/alteration.ts';
import type { Profile } from '../lib/browser/stage.ts';
import type { AccessibilityDefect } from './context.ts';

/** The server delivers another start page. */
export const pageWith = (change: (html: string) => string, to: Profile = 'guest'): AccessibilityDefect => ({
  to,
  alter: ({ request, answer }) =>
    isStartPage(request) && answer.status === 200 ? withText(answer, change(answer.text())) : answer,
});

/** The server delivers a start page with this at the upper edge, where it is seen and covers no control. */
export const pageWithElement = (element: string, to: Profile = 'guest'): AccessibilityDefect =>
  pageWith((html) => html.replace('</body>', `<div style="${atUpperEdge}">${element}</div></body>`), to);

const atUpperEdge = 'position: fixed; top: 0; left: 48%; z-index: 1; background: #fff; color: #000';

/** The server delivers a program that gives the page this language and keeps it so; an empty one removes it. */
export const programThatSetsLanguage = (language: string): AccessibilityDefect => ({
  to: 'guest',
  alter: ({ request, answer }) =>
    isMainProgram(request) ? withText(answer, `${answer.text()}\n;{${languageProgram(language)}}`) : answer,
});

const languageProgram = (language: string) => `
  const keepLanguage = () => {
    const root = document.documentElement;
    if (root.lang !== ${JSON.stringify(language)}) root.lang = ${JSON.stringify(language)};
  };
  new MutationObserver(keepLanguage).observe(document.documentElement, { attributes: true });
  keepLanguage();
`;

const isStartPage = ({ method, url }: HttpRequest) =>
  method === 'GET' && /\/(index\.html)?$/.test(new URL(url).pathname);

/** The file the start page names first. */
const isMainProgram = ({ url }: HttpRequest) => /\/main-[A-Z0-9]+\.js$/.test(new URL(url).pathname);
