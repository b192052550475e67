import type { Finding } from '../../core/model/finding.ts';
import { type Answer, findingAt } from './answer.ts';

const jsonInUtf8 = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?(;|$)/i;

/** Servers must name JSON as what it is: https://spec.matrix.org/v1.19/client-server-api/#api-standards */
export function contentTypeFindings(answer: Answer): readonly Finding[] {
  const type = answer.headers['content-type'];
  if (!answer.path.startsWith('/_matrix/') || answer.json === undefined) return [];
  if (type !== undefined && jsonInUtf8.test(type)) return [];
  return [
    findingAt(answer, {
      code: 'content-type',
      title: 'Die Antwort ist JSON, nennt sich aber nicht so',
      expected: 'Content-Type application/json, siehe https://spec.matrix.org/v1.19/client-server-api/#api-standards',
      observed: type ?? 'kein Content-Type',
    }),
  ];
}
