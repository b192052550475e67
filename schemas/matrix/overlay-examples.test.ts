import { describe, expect, it } from 'vitest';
import { hasSpecData, specDataReason } from '../importer/testing/spec-data.ts';
import { responseExamples } from '../importer/testing/spec-examples.ts';
import { readOperationFacts } from './bundle.ts';
import { overlayNameOf, overlayProblems } from './overlays.ts';
import { responseKillRates } from './testing/kill-rate.ts';
import type { MutationKind } from './testing/mutants.ts';

const noErrorText = 'an error without its text';
const shortened = 'events shortened to a few of their keys';
const oneIdForAll = 'different events of the same id';

/** Examples of the specification that lack, or contradict, what its text says. */
const contradicting: Readonly<Record<string, string>> = {
  'login 403 response': noErrorText,
  'getProtocolMetadata 404 response': noErrorText,
  'queryLocationByProtocol 404 response': noErrorText,
  'queryUserByProtocol 404 response': noErrorText,
  'queryLocationByAlias 404 response': noErrorText,
  'queryUserByID 404 response': noErrorText,
  'getEventContext 200 response': oneIdForAll,
  'initialSync 200 response': `${oneIdForAll}; events of other rooms`,
  'getRoomEvents 200 response': oneIdForAll,
  'roomInitialSync 200 response': oneIdForAll,
  'getRoomState 200 response': oneIdForAll,
  'sync 200 response': `${oneIdForAll}; no list of unused fallback keys; a thread root whose id is none`,
  'server-server/getMissingPreviousEvents 200 response': shortened,
  'server-server/sendInviteV1 200 response': shortened,
  'server-server/sendInviteV2 200 response': shortened,
  'server-server/sendKnock 200 response': shortened,
  'server-server/sendJoinV2 200 response': shortened,
  'getThreadRoots 200 response': 'thread roots without the summary of their thread',
};

/** Share of altered examples of successful answers; most keys that may be deleted are optional. */
const leastNoticed: Readonly<Record<MutationKind, number>> = {
  keyDeleted: 0.5,
  null: 0.95,
  wrongType: 0.95,
  emptyText: 0.6,
};

const apis = ['client-server', 'server-server'] as const;

const nameOf = new Map(
  apis.flatMap((api) =>
    readOperationFacts(api).flatMap(({ id, alternatives = [] }) =>
      [id, ...alternatives].map((name) => [`${api} ${name}`, overlayNameOf({ api, id })] as const),
    ),
  ),
);

describe.skipIf(!hasSpecData)(`examples of the specification under the overlays${specDataReason}`, () => {
  const examples = hasSpecData ? apis.flatMap((api) => responseExamples(api).map((one) => ({ ...one, api }))) : [];

  it.each(examples)('$api $operationId $status $name', ({ api, operationId, status, name, body }) => {
    const overlayName = nameOf.get(`${api} ${operationId}`) ?? '';
    const isContradicting = Object.hasOwn(contradicting, `${overlayName} ${status} ${name}`);
    const problems = overlayProblems(overlayName, status, { answer: body }).map(({ text }) => text);
    if (isContradicting) expect(problems).not.toEqual([]);
    else expect(problems).toEqual([]);
  });

  it('notices more altered examples than the schemas alone', () => {
    const noticed = Object.fromEntries(
      responseKillRates().map(({ kind, mutants, bySchema, byAll }) => [kind, [bySchema / mutants, byAll / mutants]]),
    );
    for (const [kind, least] of Object.entries(leastNoticed)) {
      const [bySchema = 0, byAll = 0] = noticed[kind] ?? [];
      expect([kind, byAll >= least, byAll > bySchema]).toEqual([kind, true, true]);
    }
  });
});
