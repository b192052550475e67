import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '../json.ts';
import { valueAtPointer } from '../json-pointer.ts';
import { type Api, apis } from '../matrix/api.ts';
import { readDefinitions, readOperationFacts, referenceTo } from '../matrix/bundle.ts';
import { eventsIn } from '../matrix/events-in.ts';
import type { OperationFacts } from '../matrix/operation-facts.ts';
import { loadOperations, type Operation, validateEvent, validateResponse } from '../matrix/operations.ts';
import { validatorOf } from '../matrix/validate.ts';
import { type ImportedSpecification, importSpecification } from './import-specification.ts';
import { createSchemaFacts } from './schema-facts.ts';
import { openSource } from './source.ts';
import { hasSpecData, specData, specDataReason } from './testing/spec-data.ts';
import { eventExamples, ownResponseSchemas, responseExamples } from './testing/spec-examples.ts';

const definitions = readDefinitions();
const outputFolder = join(import.meta.dirname, '../matrix/v1.19');

describe.skipIf(!hasSpecData)(`import of the specification${specDataReason}`, () => {
  let imported: ImportedSpecification;
  beforeAll(() => {
    imported = importSpecification(specData, apis);
  });

  it('finds 233 operations and 79 events', () => {
    expect([imported.operationCount, imported.eventCount]).toEqual([233, 79]);
  });

  it('finds 538 responses in JSON: 505 of their own, 33 that refer to shared ones', () => {
    expect(imported.jsonResponseCount).toBe(538);
  });

  it('normalises types in 11 places and binds the format of keys in 36', () => {
    const { types, keys } = imported.normalised;
    expect([types.length, keys.length]).toEqual([11, 36]);
  });

  it('thereby normalises 22 of the 505 responses', () => {
    const source = openSource(specData);
    const own = apis.flatMap((api) => ownResponseSchemas(source, api));
    const reaching = own.filter(({ schema, place }) => {
      const facts = createSchemaFacts(source);
      facts.convert(schema, place);
      return facts.normalised().types.length > 0;
    });
    expect([own.length, reaching.length]).toEqual([505, 22]);
  });

  it('gives byte for byte the files that are here, and no others', () => {
    const here = readdirSync(outputFolder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.json'),
    );
    expect(here.sort()).toEqual([...imported.files.keys()].sort());
    const differing = here.filter(
      (path) => readFileSync(join(outputFolder, path), 'utf8') !== imported.files.get(path),
    );
    expect(differing).toEqual([]);
  });

  it('merges the two routes that are documented twice', () => {
    expect(imported.merged).toEqual(['GET /_matrix/client/v3/events', 'POST /_matrix/client/v3/rooms/{roomId}/invite']);
  });

  it.each([
    ['client-server', 164],
    ['server-server', 36],
    ['identity', 23],
    ['application-service', 9],
    ['push-gateway', 1],
  ] as const)('has every operation of %s: %d', (api, count) => {
    expect(readOperationFacts(api)).toHaveLength(count);
    expect(importSpecification(specData, [api]).operationCount).toBe(count);
  });
});

describe.skipIf(!hasSpecData).each([
  // The examples, the successful ones among them, the required keys at their top, the events in them.
  ['client-server', 263, 110, 229, 54],
  ['server-server', 53, 19, 50, 17],
  ['identity', 45, 19, 55, 0],
  ['application-service', 25, 4, 21, 0],
  ['push-gateway', 1, 1, 1, 0],
] as const)(`examples of %s${specDataReason}`, (api, exampleCount, successCount, mutantCount, eventCount) => {
  const operationFacts = readOperationFacts(api);
  const examples = hasSpecData ? responseExamples(api) : [];

  it(`has ${exampleCount} examples of responses, ${successCount} of them successful`, () => {
    expect([examples.length, examples.filter(({ status }) => status === 200).length]).toEqual([
      exampleCount,
      successCount,
    ]);
  });

  it.each(examples)('$operationId $status $name is valid', ({ operationId, status, body }) => {
    const sound = valueAtPointer(body, sketchedKey) === undefined ? body : withSoundKey(body);
    expect(validateResponse(operationOf(operationId), status, sound)).toEqual({ state: 'valid' });
  });

  it(`holds ${eventCount} events, none broken but the sketched ones`, () => {
    const found = examples.flatMap(({ operationId, body }) =>
      eventsIn(body, '!asked:example.com').map((its) => ({ ...its, place: `${operationId} ${its.pointer}` })),
    );
    const broken = found.filter(({ event, roomId = '' }) => validateEvent(event, { roomId }).state !== 'valid');
    expect([found.length, broken.map(({ place }) => place)]).toEqual([eventCount, sketchedEvents[api] ?? []]);
  });

  it('notices every required key that is deleted from the top of an example', () => {
    const mutants = examples.flatMap(({ operationId, status, body }) => {
      return requiredKeys(documented(operationId, status)).flatMap((key) => {
        return isJsonObject(body) && key in body ? [{ operationId, status, key, body: without(body, key) }] : [];
      });
    });
    const survivors = mutants.filter(({ operationId, status, body }) => {
      return validateResponse(operationOf(operationId), status, body).state !== 'invalid';
    });
    expect(survivors).toEqual([]);
    expect(mutants).toHaveLength(mutantCount);
  });

  function documented(id: string, status: number): unknown {
    return factsOf(id).responses[String(status)]?.content['application/json'];
  }

  function operationOf(id: string): Operation {
    const { method, path } = factsOf(id);
    const found = loadOperations(api).operations.find((item) => item.method === method && item.path === path);
    if (found === undefined) throw new Error(`no operation ${id}`);
    return found;
  }

  function factsOf(id: string): OperationFacts {
    const found = operationFacts.find((item) => item.id === id || item.alternatives?.includes(id));
    if (found === undefined) throw new Error(`no facts of ${id}`);
    return found;
  }
});

describe.skipIf(!hasSpecData)(`examples of events${specDataReason}`, () => {
  // Shows the keys that every method shares; the schema of its method rightly asks for more.
  const partial = 'm.key.verification.start.yaml';
  const events = hasSpecData ? eventExamples() : [];

  it.each(events.filter(({ file }) => file !== partial))('event $file is valid', ({ event }) => {
    expect(validateEvent(event)).toEqual({ state: 'valid' });
  });

  it('has 83 events, one of them valid only as the general form of its type', () => {
    expect(events).toHaveLength(83);
    const example = events.find(({ file }) => file === partial)?.event;
    expect(validatorOf(referenceTo('event.m.key.verification.start'))(example)).toEqual([]);
    expect(validateEvent(example).state).toBe('invalid');
  });

  it('notices every event without its content', () => {
    const survivors = events.filter(({ event }) => {
      return isJsonObject(event) && validateEvent(without(event, 'content')).state !== 'invalid';
    });
    expect(survivors).toEqual([]);
  });
});

// Examples of events that leave out what their schema requires, or write a number as text.
const sketchedEvents: Readonly<Partial<Record<Api, readonly string[]>>> = {
  'client-server': [
    'getRelatingEvents /chunk/0',
    'getRelatingEventsWithRelType /chunk/0',
    'getRelatingEventsWithRelTypeAndEventType /chunk/0',
    'roomInitialSync /account_data/0',
  ],
  'server-server': [
    'sendInviteV1 /1/event',
    'sendInviteV1 /1/event/unsigned/invite_room_state/1',
    'sendInviteV2 /event',
    'sendInviteV2 /event/unsigned/invite_room_state/1',
    'sendKnock /knock_room_state/1',
  ],
};

// One example names a thread by a word that is no event id in any room version.
const sketchedKey = '/rooms/join/!726s6s6q:example.com/unread_thread_notifications/$threadroot';

function withSoundKey(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replace('"$threadroot"', '"$threadroot:example.com"'));
}

/** Keys required at the top, inherited ones included. */
function requiredKeys(schema: unknown): string[] {
  if (!isJsonObject(schema)) return [];
  const { required, allOf, $ref } = schema;
  const own = Array.isArray(required) ? required.map(String) : [];
  const inherited = Array.isArray(allOf) ? allOf.flatMap(requiredKeys) : [];
  const referred = typeof $ref === 'string' ? requiredKeys(definitions.get($ref.replace('#/$defs/', ''))) : [];
  return [...new Set([...own, ...inherited, ...referred])];
}

function without(body: Readonly<Record<string, unknown>>, key: string): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
}
