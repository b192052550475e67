import { loadOperations, validateResponse } from '../../schemas/matrix/operations.ts';
import { type Answer, findingAt } from './answer.ts';
import type { Findings } from './match.ts';

/** Address of a section of the server-server API in the edition the suite stands on. */
export const serverClause = (anchor: string): string => `https://spec.matrix.org/v1.19/server-server-api/#${anchor}`;

/** What the schema of the server-server API says against an answer; the family itself knows what clients are answered only. */
export function serverAnswerFindings(answer: Answer): Findings {
  const operation = loadOperations('server-server').match(answer.method, answer.path);
  if (operation === undefined) return [];
  const validation = validateResponse(operation, answer.status, answer.json);
  if (validation.state !== 'invalid') return [];
  return [
    findingAt(answer, {
      code: 'schema-violation',
      title: 'Die Antwort entspricht nicht dem Schema der Spezifikation',
      expected: 'Antwort nach dem Schema der Matrix-Spezifikation',
      observed: validation.problems.join('; '),
    }),
  ];
}
