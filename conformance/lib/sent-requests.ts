import type { SinkRequest } from '../../core/model/surroundings.ts';
import type { Api } from '../../schemas/matrix/api.ts';
import { loadOperations, validateRequest } from '../../schemas/matrix/operations.ts';
import type { Findings } from './match.ts';

const longestObservation = 1_000;

/** What a homeserver asked a server of the bench against what the specification says about such a request. */
export function sentRequestFindings(api: Api, { method, path, json }: SinkRequest): Findings {
  const operation = loadOperations(api).match(method, path);
  if (operation === undefined) {
    return [violation(`${method} ${path}`, 'eine solche Anfrage sieht die Spezifikation nicht vor')];
  }
  const validation = validateRequest(operation, json);
  if (validation.state !== 'invalid') return [];
  return [violation(`${method} ${operation.path}`, validation.problems.join('; ').slice(0, longestObservation))];
}

const violation = (where: string, observed: string): Findings[number] => ({
  code: 'request-violation',
  title: 'Was der Homeserver einen anderen Dienst fragt, entspricht nicht der Spezifikation',
  expected: 'Anfrage nach dem Schema der Matrix-Spezifikation',
  observed,
  where,
  // Whatever the check is about, this says something about the interface.
  concerns: ['KO-05'],
});
