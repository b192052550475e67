import { isJsonObject, type JsonObject } from '../../schemas/json.ts';
import type { JsonPath } from '../lib/json.ts';

/** What schemas say about one place of an answer. */
export interface SchemaFacts {
  /** Some schema describes a value there. */
  readonly isKnown: boolean;
  /** Some schema obliges the key to be there. */
  readonly isRequired: boolean;
  /** Some schema says of what type, form or value it must be. */
  readonly isBound: boolean;
}

/** The schemas of a place, and how references in them are resolved. */
export interface SchemaSource {
  readonly roots: readonly unknown[];
  definition(reference: string): unknown;
  /** Further schemas for a value by what it is, such as the schema of its type for an event. */
  forValue(value: unknown): readonly unknown[];
}

export function schemaFactsAt(source: SchemaSource, answer: unknown, path: JsonPath): SchemaFacts {
  let schemas = source.roots;
  let value = answer;
  let parents = schemas;
  for (const step of path) {
    // What lies where nothing is described is not described either, whatever it looks like.
    const isKnown = expanded(schemas, source).length > 0;
    parents = isKnown ? [...schemas, ...source.forValue(value)] : [];
    schemas = expanded(parents, source).flatMap((schema) => below(schema, step));
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  const found = expanded(schemas, source);
  return {
    isKnown: found.length > 0,
    isBound: found.some(binds),
    isRequired: parents.some((schema) => requires(schema, path.at(-1), source)),
  };
}

/** Of alternatives every one must require it. */
function requires(schema: unknown, key: unknown, source: SchemaSource): boolean {
  if (!isJsonObject(schema)) return false;
  const { $ref, allOf, anyOf, oneOf, required } = schema;
  const isIn = (part: unknown) => requires(part, key, source);
  return (
    (Array.isArray(required) && required.includes(key)) ||
    (typeof $ref === 'string' && isIn(source.definition($ref))) ||
    (Array.isArray(allOf) && allOf.some(isIn)) ||
    (Array.isArray(anyOf) && anyOf.every(isIn)) ||
    (Array.isArray(oneOf) && oneOf.every(isIn))
  );
}

/** The schema with everything it refers to or is composed of, alternatives included. */
function expanded(schemas: readonly unknown[], source: SchemaSource, seen = new Set<unknown>()): readonly JsonObject[] {
  return schemas.flatMap((schema) => {
    if (!isJsonObject(schema) || seen.has(schema)) return [];
    seen.add(schema);
    const { $ref, allOf, anyOf, oneOf } = schema;
    const parts = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
    const referred = typeof $ref === 'string' ? [source.definition($ref)] : [];
    return [schema, ...expanded([...referred, ...parts], source, seen)];
  });
}

function below(schema: JsonObject, step: string | number): readonly unknown[] {
  const { items, prefixItems, properties, patternProperties, additionalProperties } = schema;
  if (typeof step === 'number') return [items, ...(Array.isArray(prefixItems) ? prefixItems : [])];
  if (isJsonObject(properties) && Object.hasOwn(properties, step)) return [properties[step]];
  const patterns = isJsonObject(patternProperties) ? Object.entries(patternProperties) : [];
  const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(step)).map(([, its]) => its);
  return matching.length > 0 ? matching : [additionalProperties];
}

const binding = ['type', 'enum', 'const', 'format', 'pattern', 'minLength', 'required', 'properties', 'items'];

const binds = (schema: JsonObject): boolean => binding.some((keyword) => keyword in schema);
