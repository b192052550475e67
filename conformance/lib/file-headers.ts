import type { Answer } from './answer.ts';
import { dispositionOf } from './content-disposition.ts';
import { expectThat, type Findings } from './match.ts';

/** What browsers need to handle a file of a stranger safely; each is told when it is missing. */
const needed: readonly { readonly what: string; isThere(headers: Answer['headers']): boolean }[] = [
  { what: 'Content-Type', isThere: (headers) => headers['content-type'] !== undefined },
  {
    what: 'Content-Disposition',
    isThere: (headers) => ['inline', 'attachment'].includes(dispositionOf(headers['content-disposition'])?.kind ?? ''),
  },
  { what: 'Content-Security-Policy', isThere: (headers) => headers['content-security-policy'] !== undefined },
  {
    what: 'Cross-Origin-Resource-Policy',
    isThere: (headers) => headers['cross-origin-resource-policy'] === 'cross-origin',
  },
];

/** Every file carries them, on whatever way it is had. */
export const fileHeaderFindings = (answer: Answer): Findings => missingFindings(answer, needed);

/** Previews are drawn by the server itself: nothing in them could run. */
export const previewHeaderFindings = (answer: Answer): Findings =>
  missingFindings(
    answer,
    needed.filter(({ what }) => what !== 'Content-Security-Policy'),
  );

function missingFindings(answer: Answer, wanted: typeof needed): Findings {
  const missing = wanted.filter(({ isThere }) => !isThere(answer.headers)).map(({ what }) => what);
  return expectThat(answer, answer.status !== 200 || missing.length === 0, {
    code: 'file-headers',
    title: 'Eine Datei wird ohne die Kopfzeilen ausgeliefert, die Browser zum sicheren Umgang brauchen',
    expected: wanted.map(({ what }) => what).join(', '),
    observed: `es fehlt oder taugt nicht: ${missing.join(', ')}`,
  });
}
