import { describe, expect, it } from 'vitest';
import { hasSpecData, specDataReason } from '../importer/testing/spec-data.ts';
import { responseExamples } from '../importer/testing/spec-examples.ts';
import { readOperationFacts } from './bundle.ts';
import { overlayProblems } from './overlays.ts';

const noErrorText = 'an error without its text';
const oneIdForAll = 'different events of the same id';

/** Examples of the specification that lack, or contradict, what its text says. */
const contradicting: Readonly<Record<string, string>> = {
  'login 403 response': noErrorText,
  'getProtocolMetadata 404 response': noErrorText,
  'queryLocationByProtocol 404 response': noErrorText,
  'queryUserByProtocol 404 response': noErrorText,
  'queryLocationByAlias 404 response': noErrorText,
  'queryUserByID 404 response': noErrorText,
  'getRoomEvents 200 response': oneIdForAll,
  'roomInitialSync 200 response': oneIdForAll,
  'getRoomState 200 response': oneIdForAll,
  'sync 200 response': `${oneIdForAll}; no list of unused fallback keys; a thread root whose id is none`,
  'getThreadRoots 200 response': 'thread roots without the summary of their thread',
};

const idOf = new Map(
  readOperationFacts('client-server').flatMap(({ id, alternatives = [] }) =>
    [id, ...alternatives].map((name) => [name, id]),
  ),
);

describe.skipIf(!hasSpecData)(`examples of the specification under the overlays${specDataReason}`, () => {
  const examples = hasSpecData ? responseExamples('client-server') : [];
  const problemsOf = (operationId: string, status: number, answer: unknown) =>
    overlayProblems({ id: idOf.get(operationId) ?? '' }, status, { answer }).map(({ text }) => text);

  it.each(examples)('$operationId $status $name', ({ operationId, status, name, body }) => {
    const isContradicting = Object.hasOwn(contradicting, `${operationId} ${status} ${name}`);
    expect(problemsOf(operationId, status, body).length > 0 ? problemsOf(operationId, status, body) : []).toEqual(
      isContradicting ? expect.arrayContaining([expect.any(String)]) : [],
    );
  });
});
