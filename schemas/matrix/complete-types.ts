import { isJsonObject, type JsonObject } from '../json.ts';

// Strict validation wants a type beside every keyword; whoever writes `required` means an object.
const typeOfKeyword: Readonly<Record<string, string>> = {
  required: 'object',
  properties: 'object',
  patternProperties: 'object',
  additionalProperties: 'object',
  propertyNames: 'object',
  minProperties: 'object',
  maxProperties: 'object',
  dependentRequired: 'object',
  items: 'array',
  contains: 'array',
  minItems: 'array',
  maxItems: 'array',
  uniqueItems: 'array',
  pattern: 'string',
  minLength: 'string',
  maxLength: 'string',
  minimum: 'number',
  maximum: 'number',
};

const schemaMaps = new Set(['properties', 'patternProperties', '$defs']);
const schemaLists = new Set(['allOf', 'anyOf', 'oneOf']);
const schemas = new Set(['items', 'contains', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not']);

/** The same schema with the types its keywords imply. */
export function withCompleteTypes(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  const keywords = Object.entries(schema).map(([keyword, value]) => [keyword, completed(keyword, value)]);
  return { ...impliedType(schema), ...Object.fromEntries(keywords) };
}

function completed(keyword: string, value: unknown): unknown {
  if (schemas.has(keyword)) return withCompleteTypes(value);
  if (schemaLists.has(keyword) && Array.isArray(value)) return value.map(withCompleteTypes);
  if (!schemaMaps.has(keyword) || !isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withCompleteTypes(inner)]));
}

function impliedType(schema: JsonObject): { readonly type?: string } {
  if ('type' in schema) return {};
  const [keyword] = Object.keys(schema).filter((key) => Object.hasOwn(typeOfKeyword, key));
  const type = keyword === undefined ? typeOfFormat(schema['format']) : typeOfKeyword[keyword];
  return type === undefined ? {} : { type };
}

function typeOfFormat(format: unknown): string | undefined {
  if (typeof format !== 'string') return undefined;
  return format === 'int64' ? 'integer' : 'string';
}
