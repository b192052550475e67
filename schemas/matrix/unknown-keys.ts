import { isJsonObject, type JsonObject } from '../json.ts';
import { escapePointerStep } from '../json-pointer.ts';
import { once, oncePer } from '../once.ts';
import { definitionName, readDefinitions } from './bundle.ts';
import type { Operation } from './operation-table.ts';
import { overlayDefinitions, overlayNameOf, overlaySchemasOf } from './overlays.ts';
import { responseSchema } from './response-schema.ts';

const definitions = once(readDefinitions);

const definitionOf = (name: string): unknown => definitions().get(name) ?? overlayDefinitions().get(name);

/**
 * Places of keys in an answer that the newest text does not describe, with `*` for items of lists and for keys the text
 * leaves to the server. They are allowed: to be reported, never held against a server. An own walk, because a validator
 * would have to be compiled once more for every response.
 */
export function unknownKeys(operation: Operation, status: number, body: unknown): string[] {
  const schema = responseSchema(operation, status);
  if (schema === undefined) return [];
  const described = { bySchema: [schema], byText: overlaySchemasOf(overlayNameOf(operation), status) };
  return [...new Set(unknownBelow(body, described, ''))];
}

/** Everything that describes one value. The schema says whether its keys are all described, the text only adds some. */
interface Described {
  readonly bySchema: readonly unknown[];
  readonly byText: readonly unknown[];
}

function unknownBelow(value: unknown, { bySchema, byText }: Described, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const parts = bySchema.flatMap(partsOf);
  const further = byText.flatMap(partsOf);
  if (Array.isArray(value)) {
    const items = { bySchema: parts.flatMap(itemsOf), byText: further.flatMap(itemsOf) };
    return items.bySchema.length === 0 ? [] : value.flatMap((item) => unknownBelow(item, items, `${pointer}/*`));
  }
  if (!parts.some(describesKeys) || parts.some(offersAnyKeys)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const schemasOf = (part: JsonObject) => schemasOfKey(part, key);
    const described = { bySchema: parts.flatMap(schemasOf), byText: further.flatMap(schemasOf) };
    const isNamed = [...parts, ...further].some((part) => namesKey(part, key));
    if (described.bySchema.length === 0 && !isNamed) return [`${pointer}/${escapePointerStep(key)}`];
    return unknownBelow(inner, described, `${pointer}/${isNamed ? escapePointerStep(key) : '*'}`);
  });
}

const itemsOf = ({ items }: JsonObject): unknown[] => (items === undefined ? [] : [items]);

const knownParts = new WeakMap<object, readonly JsonObject[]>();

/** A schema and all it refers to, inherits from or offers as a choice. */
function partsOf(schema: unknown): readonly JsonObject[] {
  if (!isJsonObject(schema)) return [];
  const known = knownParts.get(schema);
  if (known !== undefined) return known;
  const { $ref, allOf, anyOf, oneOf } = schema;
  const referred = typeof $ref === 'string' ? [definitionOf(definitionName($ref))] : [];
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

/** One of the forms it may take is any object. */
function offersAnyKeys({ anyOf, oneOf }: JsonObject): boolean {
  const forms = [anyOf, oneOf].filter(Array.isArray).flat();
  return forms.some((form) => isJsonObject(form) && form['type'] === 'object' && !partsOf(form).some(describesKeys));
}

function schemasOfKey({ properties, patternProperties, additionalProperties }: JsonObject, key: string): unknown[] {
  const own = isJsonObject(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [];
  const found = isJsonObject(patternProperties) ? [...own, ...schemasByPattern(patternProperties, key)] : own;
  const others = additionalProperties === undefined || additionalProperties === false ? [] : [additionalProperties];
  return found.length === 0 ? others : found;
}

const schemasByPattern = (patternProperties: JsonObject, key: string): unknown[] =>
  Object.entries(patternProperties).flatMap(([pattern, schema]) => (patternOf(pattern).test(key) ? [schema] : []));

const patternOf = oncePer((pattern: string) => new RegExp(pattern, 'u'));
