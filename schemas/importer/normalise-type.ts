import type { JsonObject } from '../json.ts';

const keywordsByType: Readonly<Record<string, readonly string[]>> = {
  object: [
    'properties',
    'patternProperties',
    'additionalProperties',
    'propertyNames',
    'required',
    'minProperties',
    'maxProperties',
  ],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
  string: ['pattern', 'format', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

const numericFormats = new Set(['int32', 'int64', 'float', 'double']);

/** Strict validators want one type per schema: a missing one is added, several become alternatives. */
export function normaliseType(schema: JsonObject): { readonly schema: JsonObject; readonly change?: string } {
  const { type } = schema;
  if (type === undefined) return withMissingType(schema);
  if (!Array.isArray(type)) return { schema };
  const [first, second] = type;
  if (type.length === 1) return { schema: { ...schema, type: first }, change: `type list of one: ${first}` };
  if (type.length === 2 && (first === 'null' || second === 'null')) return { schema };
  return { schema: withAlternatives(schema, type.map(String)), change: `types ${type.join(', ')} made alternatives` };
}

function withMissingType(schema: JsonObject): { readonly schema: JsonObject; readonly change?: string } {
  const type = Object.keys(keywordsByType).find((name) => keywordsByType[name]?.some((keyword) => keyword in schema));
  if (type === undefined) return { schema };
  if (type === 'string' && numericFormats.has(String(schema['format']))) {
    throw new Error(`format ${schema['format']} without a type: cannot tell integer from number`);
  }
  return { schema: { ...schema, type }, change: `type ${type} added` };
}

function withAlternatives(schema: JsonObject, types: readonly string[]): JsonObject {
  if ('anyOf' in schema) throw new Error(`types ${types.join(', ')} beside anyOf: teach normalise-type.ts this case`);
  const { type: _, ...rest } = schema;
  const typed = new Set(Object.values(keywordsByType).flat());
  const common = Object.entries(rest).filter(([keyword]) => !typed.has(keyword));
  const anyOf = types.map((type) => {
    const own = keywordsByType[type === 'integer' ? 'number' : type] ?? [];
    return { type, ...Object.fromEntries(Object.entries(rest).filter(([keyword]) => own.includes(keyword))) };
  });
  return { ...Object.fromEntries(common), anyOf };
}
