import type { HttpRequest } from '../../../core/http/http.ts';
import { type Alteration, alterJson, withText } from '../../lib/alteration.ts';
import { emptiedBackup } from '../backup/backup-answers.ts';

/** The start page comes with a style that hides what these selectors name, from eyes and from the accessibility tree. */
export const hidingFrom =
  (person: string, selectors: readonly string[]): Alteration =>
  ({ device, request, answer }) =>
    device === person && isStartPage(request) && answer.status === 200
      ? withText(answer, answer.text().replace('</head>', `<style>${hidden(selectors)}</style></head>`))
      : answer;

const hidden = (selectors: readonly string[]) => `${selectors.join(', ')} { display: none !important; }`;

/** The client's program comes with a further part, which runs as soon as it is loaded. */
export const programWith =
  (person: string, part: string): Alteration =>
  ({ device, request, answer }) =>
    device === person && isMainProgram(request) ? withText(answer, `${answer.text()}\n;{${part}}`) : answer;

/** The client's texts come changed. */
export const textsWith =
  (person: string, changes: readonly (readonly [RegExp, string])[]): Alteration =>
  ({ device, request, answer }) =>
    device === person && new URL(request.url).pathname.includes('/i18n/')
      ? withText(
          answer,
          changes.reduce((text, [from, to]) => text.replace(from, to), answer.text()),
        )
      : answer;

/** The homeserver no longer says that everybody needs a key backup. */
export const backupNotDemanded: Alteration = ({ request, answer }) =>
  new URL(request.url).pathname === '/.well-known/matrix/client' && answer.status === 200
    ? alterJson(answer, ({ 'io.element.e2ee': _, ...rest }) => rest)
    : answer;

/** The homeserver has lost what was in the backup, whether it is asked for all keys or for one. */
export const lostBackup: Alteration = (seen) => {
  const { request, answer } = seen;
  const isOneKey = request.method === 'GET' && /\/room_keys\/keys\/./.test(new URL(request.url).pathname);
  return isOneKey ? { ...withText(answer, notFound), status: 404 } : emptiedBackup(seen);
};

const notFound = JSON.stringify({ errcode: 'M_NOT_FOUND', error: 'No room_keys found' });

const isStartPage = ({ method, url }: HttpRequest) =>
  method === 'GET' && /\/(index\.html)?$/.test(new URL(url).pathname);

/** The file the start page names first. */
const isMainProgram = ({ url }: HttpRequest) => /\/main-[A-Z0-9]+\.js$/.test(new URL(url).pathname);
