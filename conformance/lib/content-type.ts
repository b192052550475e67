import type { Finding } from '../../core/model/finding.ts';
import { type Answer, findingAt } from './answer.ts';

const jsonInUtf8 = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?(;|$)/i;

/** Files of people, which call themselves whatever their owners say. */
const files = /\/media\/([^/]+\/)?(download|thumbnail)\//;

const expected =
  'JSON mit Content-Type application/json, siehe https://spec.matrix.org/v1.19/client-server-api/#api-standards';

/** Servers must name JSON as what it is: https://spec.matrix.org/v1.19/client-server-api/#api-standards */
export function contentTypeFindings(answer: Answer): readonly Finding[] {
  const type = answer.headers['content-type'];
  if (!answer.path.startsWith('/_matrix/') || answer.json === undefined) return [];
  if (type !== undefined && jsonInUtf8.test(type)) return [];
  const title = 'Die Antwort ist JSON, nennt sich aber nicht so';
  return [findingAt(answer, { code: 'content-type', title, expected, observed: type ?? 'kein Content-Type' })];
}

/** What calls itself JSON must be JSON, whether or not the specification knows the path. */
export function noJsonFindings(answer: Answer): readonly Finding[] {
  const { path, status, json, text, headers } = answer;
  const isOfMatrix = /^\/(_matrix|\.well-known\/matrix)\//.test(path) && !(files.test(path) && status < 300);
  if (!isOfMatrix || json !== undefined || !jsonInUtf8.test(headers['content-type'] ?? '')) return [];
  const observed = text === '' ? 'ein leerer Inhalt' : 'ein Inhalt, der kein JSON in UTF-8 ist';
  return [
    findingAt(answer, { code: 'no-json', title: 'Die Antwort nennt sich JSON, ist aber keines', expected, observed }),
  ];
}
