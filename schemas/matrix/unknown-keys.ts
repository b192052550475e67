import { isJsonObject, type JsonObject } from '../json.ts';
import { escapePointerStep } from '../json-pointer.ts';
import { once, oncePer } from '../once.ts';
import { definitionName, readDefinitions } from './bundle.ts';
import type { Operation } from './operation-table.ts';
import { responseSchema } from './response-schema.ts';

const definitions = once(readDefinitions);

/**
 * Places of keys in an answer that the newest text does not describe, with `*` for items of lists and for keys the text
 * leaves to the server. They are allowed: to be reported, never held against a server. An own walk, because a validator
 * would have to be compiled once more for every response.
 */
export function unknownKeys(operation: Operation, status: number, body: unknown): string[] {
  const schema = responseSchema(operation, status);
  return schema === undefined ? [] : [...new Set(unknownBelow(body, [schema], ''))];
}

/** `schemas`: everything that describes this one value. */
function unknownBelow(value: unknown, schemas: readonly unknown[], pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const parts = schemas.flatMap(partsOf);
  if (Array.isArray(value)) {
    const items = parts.flatMap(({ items: described }) => described ?? []);
    return items.length === 0 ? [] : value.flatMap((item) => unknownBelow(item, items, `${pointer}/*`));
  }
  if (!parts.some(describesKeys)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const described = parts.flatMap((part) => schemasOfKey(part, key));
    if (described.length === 0) return [`${pointer}/${escapePointerStep(key)}`];
    const step = parts.some((part) => namesKey(part, key)) ? escapePointerStep(key) : '*';
    return unknownBelow(inner, described, `${pointer}/${step}`);
  });
}

const knownParts = new WeakMap<object, readonly JsonObject[]>();

/** A schema and all it refers to, inherits from or offers as a choice. */
function partsOf(schema: unknown): readonly JsonObject[] {
  if (!isJsonObject(schema)) return [];
  const known = knownParts.get(schema);
  if (known !== undefined) return known;
  const { $ref, allOf, anyOf, oneOf } = schema;
  const referred = typeof $ref === 'string' ? [definitions().get(definitionName($ref))] : [];
  const parts = [schema, ...[referred, allOf, anyOf, oneOf].filter(Array.isArray).flat().flatMap(partsOf)];
  knownParts.set(schema, parts);
  return parts;
}

/** An object of which the text names no key is free in its keys. */
function describesKeys({ properties, patternProperties, additionalProperties }: JsonObject): boolean {
  const names = [properties, patternProperties].some((map) => isJsonObject(map) && Object.keys(map).length > 0);
  return names || isJsonObject(additionalProperties);
}

const namesKey = ({ properties }: JsonObject, key: string): boolean =>
  isJsonObject(properties) && Object.hasOwn(properties, key);

function schemasOfKey({ properties, patternProperties, additionalProperties }: JsonObject, key: string): unknown[] {
  const own = isJsonObject(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [];
  const found = isJsonObject(patternProperties) ? [...own, ...schemasByPattern(patternProperties, key)] : own;
  const others = additionalProperties === undefined || additionalProperties === false ? [] : [additionalProperties];
  return found.length === 0 ? others : found;
}

const schemasByPattern = (patternProperties: JsonObject, key: string): unknown[] =>
  Object.entries(patternProperties).flatMap(([pattern, schema]) => (patternOf(pattern).test(key) ? [schema] : []));

const patternOf = oncePer((pattern: string) => new RegExp(pattern, 'u'));
