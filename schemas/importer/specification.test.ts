import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '../json.ts';
import { readDefinitions, readOperationFacts, referenceTo } from '../matrix/bundle.ts';
import { loadOperations, type Operation, validateEvent, validateResponse } from '../matrix/operations.ts';
import { validatorOf } from '../matrix/validate.ts';
import { type ImportedSpecification, importSpecification } from './import-specification.ts';
import { hasSpecData, specData, specDataReason } from './testing/spec-data.ts';
import { eventExamples, responseExamples } from './testing/spec-examples.ts';

const operationFacts = readOperationFacts().map(({ facts }) => facts);
const definitions = readDefinitions();
const outputFolder = join(import.meta.dirname, '../matrix/v1.19');

describe.skipIf(!hasSpecData)(`import of the specification${specDataReason}`, () => {
  let imported: ImportedSpecification;
  beforeAll(() => {
    imported = importSpecification(specData, ['client-server']);
  });

  it('finds 164 client-server operations and 79 events', () => {
    expect([imported.operationCount, imported.eventCount]).toEqual([164, 79]);
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
    ['server-server', 36],
    ['identity', 23],
    ['application-service', 9],
    ['push-gateway', 1],
  ])('can read %s too: %d operations', (api, count) => {
    expect(importSpecification(specData, [api]).operationCount).toBe(count);
  });
});

describe.skipIf(!hasSpecData)(`examples of the specification${specDataReason}`, () => {
  const operationById = new Map<string, Operation | undefined>();
  beforeAll(() => {
    const { operations } = loadOperations();
    for (const facts of operationFacts) {
      const operation = operations.find(({ id }) => id === facts.id);
      for (const id of [facts.id, ...(facts.alternatives ?? [])]) operationById.set(id, operation);
    }
  });

  const examples = hasSpecData ? responseExamples('client-server') : [];

  it('has 110 examples of successful responses and 263 in all', () => {
    expect([examples.filter(({ status }) => status === 200).length, examples.length]).toEqual([110, 263]);
  });

  it.each(examples)('$operationId $status $name is valid', ({ operationId, status, body }) => {
    expect(validateResponse(operationOf(operationId), status, body)).toEqual({ state: 'valid' });
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
    expect(mutants).toHaveLength(229);
  });

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

  function documented(id: string, status: number): unknown {
    const facts = operationFacts.find((item) => item.id === id || item.alternatives?.includes(id));
    return facts?.responses[String(status)]?.content['application/json'];
  }

  function operationOf(id: string): Operation {
    const operation = operationById.get(id);
    if (operation === undefined) throw new Error(`no operation ${id}`);
    return operation;
  }
});

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
